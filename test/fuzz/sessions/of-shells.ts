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
        '        "AccessKeyId": "\u00abASIAQ3EGRZ7XW5T2MNBV»",',
        '        "SecretAccessKey": "\u00ab9drTJvcXLB89EXAMPLELB8923FB892xMFIaaaaaa»",',
        '        "SessionToken": "\u00abAQoXdzELDDY//////////wEaoAK1wvxJY12r2IrDFT2IvAzTCn3zHoZ7YNtpiQLF0MqZye»",',
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
        '  "private_key": "-----BEGIN PRIVATE KEY-----\\n\u00abMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7»\\n-----END PRIVATE KEY-----\\n",',
        '  "client_email": "\u00abrobot-7@proj-1.iam.gserviceaccount.com»"',
      ),
    ],
  },
  {
    name: 'az account tsv',
    writes: [
      lines(
        '$ az ad user list --query [].[displayName,mail,mobilePhone] -o tsv',
        '\u00abPriya Raghunathan»\t\u00abpriya.r@contoso-beispiel.com»\t\u00ab+91 98765 43210»',
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
        '      \x1b[32m+\x1b[0m password = "\u00abVn7#kLp0Qz»"',
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
        ' 2) "\u00abZanele Dlamini»"',
        ' 3) "email"',
        ' 4) "\u00abzanele.d@example.co.za»"',
        ' 5) "phone"',
        ' 6) "\u00ab+27 82 123 4567»"',
        ' 7) "id_number"',
        ' 8) "\u00ab8001015009087»"',
      ),
    ],
  },
  {
    name: 'redis get json',
    writes: [
      lines(
        '127.0.0.1:6379> GET session:9',
        '"{\\"user\\":{\\"full_name\\":\\"\u00abAoife Gallagher»\\",\\"dob\\":\\"\u00ab1990-02-03»\\",\\"pps\\":\\"\u00ab1234567T»\\"}}"',
      ),
    ],
  },
  {
    name: 'redis LRANGE of cards',
    writes: [
      lines('1) "\u00ab4012888888881881»"', '2) "\u00ab5105105105105100»"', '3) "\u00ab6011111111111117»"'),
    ],
  },
  {
    name: 'mongosh users',
    own: 'Oslo',
    writes: [
      lines(
        'shop> db.users.findOne()',
        '{',
        "  _id: ObjectId('65f0c0ffee5f0c0ffee5f0c0'),",
        "  firstName: '\u00abNils»',",
        "  lastName: '\u00abØdegård»',",
        "  contact: { email: '\u00abnils.o@eksempel.no»', tel: '\u00ab+47 412 34 567»' },",
        '  addresses: [',
        "    { street: '\u00abStorgata 12»', zip: '\u00ab0155»', city: '\u00abOslo»' }",
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
        '    \x1b[0m\x1b[34;1m"surname"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"\u00abPrzybylski»"\x1b[0m\x1b[1;39m,',
        '    \x1b[0m\x1b[34;1m"tax_id"\x1b[0m\x1b[1;39m:\x1b[0m \x1b[0;32m"\u00ab65929970489»"\x1b[0m',
      ),
    ],
  },
  {
    name: 'python dataclass repr',
    writes: [
      lines(
        '>>> u',
        "User(id=7, first_name='\u00abMbali»', last_name='\u00abNkosi»', email='\u00abmbali.n@example.co.za»', card=Card(number='\u00ab4000056655665556»', cvc='\u00ab314»'))",
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
        '  Detail: Key (email)=(\u00abk.novak@priklad.cz») already exists.',
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
        '1\t\u00abŽeljko»\t\u00abJovanović»\t\u00ab0101006500006»\t\u00ab2006-01-01»\t\\N',
        '2\t\u00abAna»\t\u00abKovač»\t\u00ab0101006500006»\t\u00ab1980-05-06»\tok',
        '\\.',
      ),
    ],
  },
  {
    name: 'SQL insert multi',
    writes: [
      "INSERT INTO customers (id, name, phone, note) VALUES (1, '\u00abGiuseppe Verdi»', '\u00ab+39 06 6982 1234»', 'x'), (2, '\u00abO''Reilly, Tim»', '\u00ab(555) 234-5678»', 'y');\r\n",
    ],
  },
  {
    name: 'CSV quoted newline',
    writes: [
      lines(
        'id,name,address,card',
        '1,"\u00abSmith, John»","\u00ab12 High Street»',
        '\u00abLeeds LS1 4AP»","\u00ab4012-8888-8888-1881»"',
        '2,"\u00abJane ""JJ"" Jones»",\u00ab5 Low Road»,\u00ab5555555555554444»',
      ),
    ],
  },
  {
    name: 'TSV header',
    writes: [
      lines('user_id\tfull_name\tzip\tmobile', '1\t\u00abKirsten Flagstad»\t\u00ab2320»\t\u00ab91234567»'),
    ],
  },
  {
    name: 'PEM key',
    writes: [
      lines(
        '-----BEGIN OPENSSH PRIVATE KEY-----',
        '\u00abb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW»',
        '\u00abQyNTUxOQAAACBzc2hrZXlzc2hrZXlzc2hrZXlzc2hrZXlzc2hrZXkAAAAA»',
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
        '    \u00abMIIEowIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8»',
        '    \u00abZq1XyKx4mPb8J0v9VtWc2Lr5HnQe7Ud6SfGa3TbY»',
        '    -----END RSA PRIVATE KEY-----',
      ),
    ],
  },
  {
    name: 'shadow file',
    writes: [
      lines(
        'root:\u00ab$6$rounds=5000$usesomesillystri$D4IrlXCUGz1Fq1Zb3Jf5eJ»:19000:0:99999:7:::',
        'daemon:*:19000:0:99999:7:::',
      ),
    ],
  },
  {
    name: 'passwd gecos',
    writes: [
      lines(
        'olga:x:1001:1001:\u00abOlga Ivanova»,,,:/home/olga:/bin/bash',
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
    values: ['ghp_16C7e42F292c6912E7710c838347Ae'],
    writes: [
      '$ export TOKEN=ghp_16C7e42F292c6912E7710c838347Ae178',
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
      '\r 10% sending to \u00abamelie.dupont@exemple.fr»',
      '\r 50% sending to \u00abamelie.dupont@exemple.fr»',
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
