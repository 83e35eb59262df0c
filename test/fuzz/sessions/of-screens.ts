import { lines } from './session.ts';
import type { Session } from './session.ts';

/** Logs, mail, full-screen programs and lines that are edited. */
export const SCREEN_SESSIONS: readonly Session[] = [
  {
    name: 'rails log',
    writes: [
      lines(
        'Parameters: {"user"=>{"email"=>"«liam@example.ie»", "phone"=>"«+353 85 123 4567»", "address"=>{"street"=>"«12 Grafton Street»", "zip"=>"«D02 VX88»"}}, "commit"=>"Save"}',
        "  User Load (0.5ms)  SELECT `users`.* FROM `users` WHERE `users`.`email` = '«liam@example.ie»' LIMIT 1",
      ),
    ],
  },
  {
    name: 'django/hibernate sql',
    writes: [
      lines(
        'DEBUG (0.001) SELECT ... WHERE "u"."email" = \'«noah@example.com»\'; args=(\'«noah@example.com»\',)',
        'binding parameter [1] as [VARCHAR] - [«emma@example.com»]',
      ),
    ],
  },
  {
    name: 'go slog, zap, logrus',
    writes: [
      lines(
        'time=2024-01-01T00:00:00Z level=INFO msg="charged" card="«4111 1111 1111 1111»" user.email=«z@example.com» user.name="«Zora Neale»"',
        '{"level":"info","ts":1700000000.12,"caller":"x.go:12","msg":"created","passport":"«X1234567»","dob":"«2001-09-11»"}',
      ),
    ],
  },
  {
    name: 'windows ipconfig, net user',
    writes: [
      lines(
        'User name                    olga',
        'Full Name                    «Olga Ivanova»',
        '   Physical Address. . . . . . . . . : «00-1A-2B-3C-4D-5E»',
      ),
    ],
  },
  {
    name: 'finger, id, who',
    writes: [
      lines(
        'Login: olga           \t\t\tName: «Olga Ivanova»',
        'olga     pts/0        2026-11-30 12:00 («203.0.113.77»)',
      ),
    ],
  },
  {
    name: 'mail headers and body',
    writes: [
      lines(
        'From: "«Mendes, Carla»" <«carla@exemplo.pt»>',
        'To: «joao@exemplo.pt», «Rui Costa» <«rui@exemplo.pt»>',
        'Subject: card «4111-1111-1111-1111»',
        '',
        'Olá, o meu NIF é «123456789» e o telemóvel «+351 912 345 678».',
      ),
    ],
  },
  {
    name: 'mutt index',
    writes: [
      '\x1b[?1049h\x1b[1;1Hq:Quit d:Del\x1b[2;1H   1 N F Nov 30 To «rui@exemplo.pt»   (1.2K) invoice\x1b[3;1H   2   L Nov 30 «Carla Mendes»       (  3K) hello',
    ],
  },
  {
    name: 'vim, :set list and color columns',
    writes: [
      '\x1b[?1049h\x1b[1;1Hemail:^I«gus@example.org»$\x1b[2;1H\x1b[41m \x1b[mpassword: «S3cr-et77»$\x1b[24;1H:',
    ],
  },
  {
    name: 'vim completion popup',
    writes: [
      '\x1b[?1049h\x1b[1;1Hto: «gus@example.org»\x1b[2;5H\x1b[45m «gus@example.org»  [A] \x1b[m\x1b[3;5H\x1b[45m «gina@example.org» [A] \x1b[m\x1b[1;20H',
    ],
  },
  {
    name: 'nano cut marker',
    cols: 86,
    writes: [
      '\x1b[?1049h\x1b[3;1Hx x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x email «gus.smith@exa»\x1b[7m>\x1b[m\x1b[20;1H',
    ],
  },
  {
    name: 'tig/lazygit panes',
    writes: [
      '\x1b[?1049h\x1b[1;1H╭─Commits──────────────╮╭─Diff──────────────────╮\x1b[2;1H│ abc1234 «Ana Lima» fix │\x1b[2;25H│ +mail=«ana@exemplo.br»  │',
    ],
  },
  {
    name: 'k9s table',
    writes: [
      '\x1b[?1049h\x1b[1;1H┌──── Secrets(all)[2] ────┐\x1b[2;1H│ NAMESPACE  NAME   DATA │\x1b[3;1H│ password: «hunter2hunter»  │',
    ],
  },
  {
    name: 'progress with ETA and names',
    writes: [
      '\rmailing 1/3 «x.young@example.org»',
      '\rmailing 2/3 «y.old@example.org»  ',
      '\rmailing 3/3 done              \r\n',
    ],
  },
  {
    name: 'spinner ora with ssn',
    writes: ['⠋ checking «536-22-8741»', '\r⠙ checking «536-22-8741»', '\r\x1b[2K✔ ok\r\n'],
  },
  {
    name: 'typed then ^U kill',
    values: ['S3cr3tZ9'],
    writes: ['$ curl -u bob:S3cr3tZ9 x', '\r$ \x1b[K', 'ls\r\n'],
  },
  {
    name: 'tab completion listing',
    writes: ['$ cat /data/\r\n«anna@example.org.csv»   «ben@example.org.csv»\r\n$ cat /data/'],
  },
  {
    name: 'bracketed paste of a card',
    values: ['4012888888881881'],
    writes: [
      '\x1b[?2004h$ ',
      '\x1b[7m4012888888881881\x1b[27m',
      '\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b4012888888881881',
      '\r\n',
    ],
  },
  {
    name: 'zsh right prompt and highlight',
    writes: [
      '\x1b[1m\x1b[7m%\x1b[27m\x1b[m \r\r\x1b[Kuser$ \x1b[32mexport\x1b[39m TOKEN=\x1b[33m«gh¦p_16C7e42F292c6912E7710c838347Ae178B4a»\x1b[39m\x1b[K',
      '\r\n',
    ],
  },
  {
    name: 'fish autosuggestion of password',
    values: ['S3cr3tPazz'],
    writes: ['> mysql -p\x1b[90mS3cr3tPazz -u root\x1b[m\x1b[18D', null, '\x1b[K\r\n'],
  },
  {
    name: 'column-wise painting',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: [
      '\x1b[1;1Ho\x1b[2;1H4\x1b[1;2Hl\x1b[2;2H0\x1b[1;3Hg\x1b[2;3H1\x1b[1;4Ha\x1b[2;4H2\x1b[1;5H.\x1b[2;5H8\x1b[1;6Hi\x1b[2;6H8\x1b[1;7Hv\x1b[2;7H8\x1b[1;8Ha\x1b[2;8H8\x1b[1;9Hn\x1b[2;9H8\x1b[1;10Ho\x1b[2;10H8\x1b[1;11Hv\x1b[2;11H8\x1b[1;12Ha\x1b[2;12H8\x1b[1;13H@\x1b[2;13H1\x1b[1;14Hc\x1b[2;14H8\x1b[1;15Ho\x1b[2;15H8\x1b[1;16Hr\x1b[2;16H1\x1b[1;17Hp\x1b[2;17H \x1b[1;18H.\x1b[2;18H \x1b[1;19Hr\x1b[2;19H \x1b[1;20Hu\x1b[2;20H \x1b[5;1H',
    ],
  },
  {
    name: 'reverse typing with cursor left',
    isByScreen: true,
    values: ['4012888888881881'],
    writes: ['\x1b[20C1\b\b8\b\b8\b\b1\b\b8\b\b8\b\b8\b\b8\b\b8\b\b8\b\b8\b\b8\b\b2\b\b1\b\b0\b\b4\b\b\r\n'],
  },
  {
    name: 'overwrites blanks inside',
    isByScreen: true,
    values: ['4012888888881881'],
    writes: ['card 4012 xxxx 8888 1881\r\x1b[10C8888\r\n'],
  },
  {
    name: 'ECH then refill',
    values: ['078-05-1123'],
    writes: ['ssn 078-05-1123\r\x1b[4C\x1b[3X078\r\n'],
  },
  {
    name: 'scroll left/right SL SR (unsupported)',
    values: ['olga.ivanova@corp.ru'],
    writes: ['mail olga.ivanova@corp.ru\x1b[3 @\r\n'],
  },
  {
    name: 'DECSLRM margins',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['\x1b[?69h\x1b[5;30s\x1b[2;5Holga.ivanova@corp.ru 4012888888881881\x1b[?69l'],
  },
  {
    name: 'erase and scrollback clear',
    values: ['olga.ivanova@corp.ru', '4012888888881881'],
    writes: ['olga.ivanova@corp.ru\r\n\x1b[3J\x1b[2J\x1b[H4012888888881881\r\n'],
  },
  {
    name: 'soft reset, full reset',
    values: ['olga.ivanova@corp.ru', '4012888888881881', '078-05-1123'],
    writes: ['olga.ivanova@corp.ru\x1bc4012888888881881\r\n\x1b[!p078-05-1123\r\n'],
  },
  {
    name: 'long SGR with subparams',
    values: ['olga.ivanova@corp.ru'],
    writes: [
      '\x1b[0;1;4:3;38:2::0:2:3;48;5;0mo\x1b[0;1;4:3;38:2::1:2:3;48;5;1ml\x1b[0;1;4:3;38:2::2:2:3;48;5;2mg\x1b[0;1;4:3;38:2::3:2:3;48;5;3ma\x1b[0;1;4:3;38:2::4:2:3;48;5;4m.\x1b[0;1;4:3;38:2::5:2:3;48;5;5mi\x1b[0;1;4:3;38:2::6:2:3;48;5;6mv\x1b[0;1;4:3;38:2::7:2:3;48;5;7ma\x1b[0;1;4:3;38:2::8:2:3;48;5;8mn\x1b[0;1;4:3;38:2::9:2:3;48;5;9mo\x1b[0;1;4:3;38:2::10:2:3;48;5;10mv\x1b[0;1;4:3;38:2::11:2:3;48;5;11ma\x1b[0;1;4:3;38:2::12:2:3;48;5;12m@\x1b[0;1;4:3;38:2::13:2:3;48;5;13mc\x1b[0;1;4:3;38:2::14:2:3;48;5;14mo\x1b[0;1;4:3;38:2::15:2:3;48;5;15mr\x1b[0;1;4:3;38:2::16:2:3;48;5;16mp\x1b[0;1;4:3;38:2::17:2:3;48;5;17m.\x1b[0;1;4:3;38:2::18:2:3;48;5;18mr\x1b[0;1;4:3;38:2::19:2:3;48;5;19mu\x1b[0m\r\n',
    ],
  },
  {
    name: 'UTF-8 BOM and NUL and DEL',
    values: ['4012888888881881', 'olga.ivanova@corp.ru'],
    writes: [
      '\ufeff4\u00000\u00001\u00002\u00008\u00008\u00008\u00008\u00008\u00008\u00008\u00008\u00001\u00008\u00008\u00001\u0000 olga.ivanova@corp.ru\r\n',
    ],
  },
  {
    name: 'ENQ BEL VT FF between',
    values: ['4012888888881881'],
    writes: [
      '4\x07\u00050\x07\u00051\x07\u00052\x07\u00058\x07\u00058\x07\u00058\x07\u00058\x07\u00058\x07\u00058\x07\u00058\x07\u00058\x07\u00051\x07\u00058\x07\u00058\x07\u00051\x07\u0005\r\n',
    ],
  },
  {
    name: 'CAN and SUB within escape',
    values: ['88888888', '1881'],
    writes: ['4012\x1b[3\u00188888\x1b[1\u001a88881881\r\n'],
  },
  {
    name: 'emoji flags and variation selectors',
    values: ['olga.ivanova@corp.ru', '+49 30 901820'],
    writes: ['👨\u200d👩\u200d👧\u200d👦🇩🇪✔️ olga.ivanova@corp.ru ☎️ +49 30 901820\r\n'],
  },
  {
    name: 'Hebrew and Arabic text with phone',
    writes: [lines('טלפון: «054-123-4567» אימייל: «dana@example.co.il»', 'هاتف: «+966 50 123 4567»')],
  },
  {
    name: 'Japanese and Korean and Chinese persons',
    writes: [
      lines(
        '氏名: «山田太郎» 電話: «090-1234-5678»',
        '이름: «김철수» 주민등록번호: «900101-1234568»',
        '姓名：«王小明» 身份证：«11010519491231002X» 手机：«13800138000»',
      ),
    ],
  },
  {
    name: 'Cyrillic',
    writes: [
      lines(
        'ФИО: «Иванова Ольга Петровна»',
        'Паспорт: «4510 123456»',
        'Телефон: «8 (912) 345-67-89»',
        'СНИЛС: «112-233-445 95»',
        'ИНН: «500100732259»',
      ),
    ],
  },
  {
    name: 'Greek, Turkish, Polish labels',
    writes: [
      lines(
        'ΑΜΚΑ: «01018012345»',
        'T.C. Kimlik No: «10000000146»',
        'Adres: «ul. Marszałkowska 10, 00-590 Warszawa»',
        'Doğum tarihi: «15.06.1980»',
      ),
    ],
  },
  {
    name: 'health words',
    writes: [
      lines(
        '"diagnosis": "«F32.1 depressive episode»"',
        'blood_type: «AB-»',
        'HIV status=«positive»',
        'patient_id,diagnosis,religion',
        '1,«Asthma»,«Sikh»',
      ),
    ],
  },
  {
    name: 'geo and plates and VIN',
    writes: [
      lines(
        'lat=«52.5200», lon=«13.4050»',
        '"coordinates": [«13.4050», «52.5200»]',
        'Kennzeichen: «B-MW 1234»',
        'license plate «7ABC123»',
        'VIN: «1HGCM82633A004352»',
      ),
    ],
  },
  {
    name: 'wallet phrases and keys',
    writes: [
      lines(
        'mnemonic: «legal winner thank year wave sausage worth useful legal winner thank yellow»',
        'xprv: «xp¦rv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi»',
      ),
    ],
  },
  {
    name: 'totp otpauth',
    writes: [
      lines(
        'otpauth://totp/x:«o@example.org»?secret=«JBSWY3DPEHPK3PXP»&issuer=x',
        '"otp_secret": "«JBSWY3DPEHPK3PXQ»"',
      ),
    ],
  },
];
