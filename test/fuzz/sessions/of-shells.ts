import { lines } from './session.ts';
import type { Session } from './session.ts';

/** What commands, logs, dumps and files hold. */
export const SHELL_SESSIONS: readonly Session[] = [
  {
    name: 'aws sts json',
    writes: [
      lines(
        '{',
        '    "Credentials": {',
        '        "AccessKeyId": "«AS¦IAQ3EGRZ7XW5T2MNBV»",',
        '        "SecretAccessKey": "«9drTJvcXLB89EXAMPLELB8923FB892xMFIaaaaaa»",',
        '        "SessionToken": "«AQoXdzELDDY//////////wEaoAK1wvxJY12r2IrDFT2IvAzTCn3zHoZ7YNtpiQLF0MqZye»",',
        '        "Expiration": "2026-11-30T12:00:00Z"',
      ),
    ],
  },
  {
    name: 'gcloud service account json',
    writes: [
      lines(
        '{',
        '  "type": "service_account",',
        '  "private_key": "-----BEGIN PRIVATE KEY-----\\n«MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7»\\n-----END PRIVATE KEY-----\\n",',
        '  "client_email": "«robot-7@proj-1.iam.gserviceaccount.com»"',
      ),
    ],
  },
  {
    name: 'az account tsv',
    writes: [
      lines(
        '$ az ad user list --query [].[displayName,mail,mobilePhone] -o tsv',
        '«Priya Raghunathan»\t«priya.r@contoso-beispiel.com»\t«+91 98765 43210»',
      ),
    ],
  },
  {
    name: 'terraform plan sensitive',
    writes: [
      lines(
        '  # aws_db_instance.main will be created',
        '  \x1b[32m+\x1b[0m resource "aws_db_instance" "main" {',
        '      \x1b[32m+\x1b[0m username = "admin"',
        '      \x1b[32m+\x1b[0m password = "«Vn7#kLp0Qz»"',
        '    }',
      ),
    ],
  },
  {
    name: 'redis hgetall list style',
    writes: [
      lines(
        '127.0.0.1:6379> HGETALL user:1',
        ' 1) "name"',
        ' 2) "«Zanele Dlamini»"',
        ' 3) "email"',
        ' 4) "«zanele.d@example.co.za»"',
        ' 5) "phone"',
        ' 6) "«+27 82 123 4567»"',
        ' 7) "id_number"',
        ' 8) "«8001015009087»"',
      ),
    ],
  },
  {
    name: 'redis get json',
    writes: [
      lines(
        '127.0.0.1:6379> GET session:9',
        '"{\\"user\\":{\\"full_name\\":\\"«Aoife Gallagher»\\",\\"dob\\":\\"«1990-02-03»\\",\\"pps\\":\\"«1234567T»\\"}}"',
      ),
    ],
  },
  {
    name: 'redis LRANGE of cards',
    writes: [lines('1) "«4012888888881881»"', '2) "«5105105105105100»"', '3) "«6011111111111117»"')],
  },
  {
    name: 'mongosh users',
    own: 'Oslo',
    writes: [
      lines(
        'shop> db.users.findOne()',
        '{',
        "  _id: ObjectId('65f0c0ffee5f0c0ffee5f0c0'),",
        "  firstName: '«Nils»',",
        "  lastName: '«Ødegård»',",
        "  contact: { email: '«nils.o@eksempel.no»', tel: '«+47 412 34 567»' },",
        '  addresses: [',
        "    { street: '«Storgata 12»', zip: '«0155»', city: '«Oslo»' }",
        '  ]',
        '}',
      ),
    ],
  },
  {
    name: 'jq colour output names',
    writes: [
      lines(
        '\x1b[1;39m[',
        '  \x1b[1;39m{',
        '    \x1b[0m\x1b[34;1m"surname"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"«Przybylski»"\x1b[0m\x1b[1;39m,',
        '    \x1b[0m\x1b[34;1m"tax_id"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"«65929970489»"\x1b[0m',
      ),
    ],
  },
  {
    name: 'python dataclass repr',
    writes: [
      lines(
        '>>> u',
        "User(id=7, first_name='«Mbali»', last_name='«Nkosi»', email='«mbali.n@example.co.za»', card=Card(number='«4000056655665556»', cvc='«314»'))",
      ),
    ],
  },
  {
    name: 'python traceback with values',
    values: ['GB29NWBK60161331926819', 'Emma Thompson'],
    writes: [
      lines(
        'Traceback (most recent call last):',
        '  File "/app/x.py", line 12, in <module>',
        'ValueError: invalid IBAN GB29NWBK60161331926819 for customer Emma Thompson',
      ),
    ],
  },
  {
    name: 'java stack trace',
    writes: [
      lines(
        'org.postgresql.util.PSQLException: ERROR: duplicate key value violates unique constraint "u"',
        '  Detail: Key (email)=(«k.novak@priklad.cz») already exists.',
        '\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2676)',
      ),
    ],
  },
  {
    name: 'pg_dump COPY',
    own: 'Ana',
    writes: [
      lines(
        'COPY public.people (id, given_name, family_name, national_id, dob, notes) FROM stdin;',
        '1\t«Željko»\t«Jovanović»\t«0101006500006»\t«2006-01-01»\t\\N',
        '2\t«Ana»\t«Kovač»\t«0101006500006»\t«1980-05-06»\tok',
        '\\.',
      ),
    ],
  },
  {
    name: 'SQL insert multi',
    writes: [
      "INSERT INTO customers (id, name, phone, note) VALUES (1, '«Giuseppe Verdi»', '«+39 06 6982 1234»', 'x'), (2, '«O''Reilly, Tim»', '«(555) 234-5678»', 'y');\r\n",
    ],
  },
  {
    name: 'CSV quoted newline',
    writes: [
      lines(
        'id,name,address,card',
        '1,"«Smith, John»","«12 High Street»',
        '«Leeds LS1 4AP»","«4012-8888-8888-1881»"',
        '2,"«Jane ""JJ"" Jones»",«5 Low Road»,«5555555555554444»',
      ),
    ],
  },
  {
    name: 'TSV header',
    writes: [lines('user_id\tfull_name\tzip\tmobile', '1\t«Kirsten Flagstad»\t«2320»\t«91234567»')],
  },
  {
    name: 'PEM key',
    writes: [
      lines(
        '-----BEGIN OPENSSH PRIVATE KEY-----',
        '«b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW»',
        '«QyNTUxOQAAACBzc2hrZXlzc2hrZXlzc2hrZXlzc2hrZXlzc2hrZXkAAAAA»',
        '-----END OPENSSH PRIVATE KEY-----',
      ),
    ],
  },
  {
    name: 'PEM indented yaml',
    writes: [
      lines(
        'tls:',
        '  key: |',
        '    -----BEGIN RSA PRIVATE KEY-----',
        '    «MIIEowIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8»',
        '    «Zq1XyKx4mPb8J0v9VtWc2Lr5HnQe7Ud6SfGa3TbY»',
        '    -----END RSA PRIVATE KEY-----',
      ),
    ],
  },
  {
    name: 'shadow file',
    writes: [
      lines(
        'root:«$6$rounds=5000$usesomesillystri$D4IrlXCUGz1Fq1Zb3Jf5eJ»:19000:0:99999:7:::',
        'daemon:*:19000:0:99999:7:::',
      ),
    ],
  },
  {
    name: 'passwd gecos',
    writes: [
      lines(
        'olga:x:1001:1001:«Olga Ivanova»,,,:/home/olga:/bin/bash',
        'deploy:x:1002:1002::/home/deploy:/bin/sh',
      ),
    ],
  },
  {
    name: 'readline ctrl-r',
    values: ['S3cretPw'],
    writes: [
      '$ ',
      "\r(reverse-i-search)`': ",
      "\b\b\bc': curl -u admin:S3cretPw! http://x",
      null,
      '\r\x1b[K$ curl -u admin:S3cretPw! http://x\r\n',
    ],
  },
  {
    name: 'readline cursor moved insert',
    isByScreen: true,
    values: ['gh¦p_16C7e42F292c6912E7710c838347Ae'],
    writes: [
      '$ export TOKEN=gh¦p_16C7e42F292c6912E7710c838347Ae178',
      '\x1b[3D',
      '\x1b[1@B',
      '\x1b[3C',
      '4a\r\n',
    ],
  },
  {
    name: 'typed at psql prompt by echo',
    isByScreen: true,
    values: ['gunnar.hansson@exempel.se'],
    writes: [
      's',
      'e',
      'l',
      'e',
      'c',
      't',
      ' ',
      '*',
      ' ',
      'f',
      'r',
      'o',
      'm',
      ' ',
      'u',
      's',
      'e',
      'r',
      's',
      ' ',
      'w',
      'h',
      'e',
      'r',
      'e',
      ' ',
      'e',
      'm',
      'a',
      'i',
      'l',
      '=',
      "'",
      'g',
      'u',
      'n',
      'n',
      'a',
      'r',
      '.',
      'h',
      'a',
      'n',
      's',
      's',
      'o',
      'n',
      '@',
      'e',
      'x',
      'e',
      'm',
      'p',
      'e',
      'l',
      '.',
      's',
      'e',
      "'",
      ';',
      '\r\n',
    ],
  },
  {
    name: 'overstrike man page',
    values: ['boss@example.com'],
    writes: [
      'C\bC',
      'o\bo',
      'n\bn',
      't\bt',
      'a\ba',
      'c\bc',
      't\bt',
      ':\b:',
      ' \b ',
      'b\bb',
      'o\bo',
      's\bs',
      's\bs',
      '@\b@',
      'e\be',
      'x\bx',
      'a\ba',
      'm\bm',
      'p\bp',
      'l\bl',
      'e\be',
      '.\b.',
      'c\bc',
      'o\bo',
      'm\bm',
      '\r\n',
    ],
  },
  {
    name: 'CR progress bar with e-mail',
    writes: [
      '\r 10% sending to «amelie.dupont@exemple.fr»',
      '\r 50% sending to «amelie.dupont@exemple.fr»',
      '\r100% sent                                     \r\n',
    ],
  },
  {
    name: 'cells in reverse order',
    values: ['DE89370400440532013000'],
    writes: [
      '\x1b[3;1H\x1b[3;31H0\x1b[3;30H0\x1b[3;29H0\x1b[3;28H3\x1b[3;27H1\x1b[3;26H0\x1b[3;25H2\x1b[3;24H3\x1b[3;23H5\x1b[3;22H0\x1b[3;21H4\x1b[3;20H4\x1b[3;19H0\x1b[3;18H0\x1b[3;17H4\x1b[3;16H0\x1b[3;15H7\x1b[3;14H3\x1b[3;13H9\x1b[3;12H8\x1b[3;11HE\x1b[3;10HD\x1b[10;1H',
    ],
  },
];
