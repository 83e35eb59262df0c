import { lines } from './session.ts';
import type { Session } from './session.ts';

/** Tables, records and settings of further programs. */
export const TABLE_SESSIONS: readonly Session[] = [
  {
    name: 'psql error with statement position',
    writes: [
      lines(
        'ERROR:  invalid input syntax for type integer: "«4012888888881881»"',
        "LINE 1: SELECT * FROM c WHERE email = '«b.larsen@eksempel.dk»' AND id = 'a';",
        '                                      ^',
      ),
    ],
  },
  {
    name: 'psql \\gx unicode border 2',
    writes: [
      lines(
        '┌─[ RECORD 1 ]──┬──────────────────────┐',
        '│ id            │ 1                    │',
        '│ contact_email │ «w.meier@beispiel.ch»  │',
        '│ ahv_number    │ «756.9217.0769.85»     │',
        '└───────────────┴──────────────────────┘',
      ),
    ],
  },
  {
    name: 'psql \\x wrapped long value',
    own: 'Marie',
    writes: [
      lines(
        '-[ RECORD 1 ]-------------------',
        'surname | «Marie-Antoinette »        +',
        '        | «de Montmorency-Laval»',
        'email   | «marie@exemple.fr»',
      ),
    ],
  },
  {
    name: 'psql multi-line cell with +',
    writes: [
      lines(
        ' id |      address       | n ',
        '----+--------------------+---',
        '  1 | «14 rue des Lilas»  +| 2',
        '    | «69003 Lyon»        +| ',
        '    | «France»             | ',
        '(1 row)',
      ),
    ],
  },
  {
    name: 'psql \\watch full redraw in less',
    writes: [
      '\x1b[?1049h\x1b[H\x1b[J email\r\n-----------------\r\n «kai@example.org»\r\n',
      null,
      '\x1b[H\x1b[J email\r\n-----------------\r\n «lea@example.org»\r\n',
      null,
    ],
  },
  {
    name: 'COPY to stdout, text with header',
    writes: [
      lines(
        'copy (select first_name, last_name, iban from c) to stdout with header;',
        'first_name\tlast_name\tiban',
        '«Søren»\t«Kierkegaard»\t«DK5000400440116243»',
        '\\.',
      ),
    ],
  },
  {
    name: 'pg_stat_activity query column',
    writes: [
      lines(
        '  pid  |  state  |                  query',
        '-------+---------+------------------------------------------',
        "  4711 | active  | UPDATE c SET phone='«+41 44 668 18 00»' WHERE ssn='«078-05-1123»'",
      ),
    ],
  },
  {
    name: 'postgres log with parameters',
    writes: [
      lines(
        '2024-03-01 10:11:12 UTC [99] LOG:  execute <unnamed>: INSERT INTO c(email, card_number) VALUES ($1, $2)',
        "2024-03-01 10:11:12 UTC [99] DETAIL:  Parameters: $1 = '«j.roe@example.com»', $2 = '«5555555555554444»'",
      ),
    ],
  },
  {
    name: 'mysql warning about data',
    writes: [
      lines(
        "ERROR 1062 (23000): Duplicate entry '«p.nowak@przyklad.pl»' for key 'users.email'",
        "ERROR 1366: Incorrect value: '«4012-8888-8888-1881»' for column 'card' at row 1",
      ),
    ],
  },
  {
    name: 'sqlite .dump',
    writes: [
      lines(
        'CREATE TABLE patients(id INTEGER, surname TEXT, dob TEXT, mrn TEXT);',
        "INSERT INTO patients VALUES(1,'«Zwingli»','«1931-02-03»','A1');",
        "INSERT INTO patients VALUES(2,'«Bäumler»','«1962-11-30»',NULL);",
      ),
    ],
  },
  {
    name: 'duckdb box with types',
    writes: [
      lines(
        '┌───────┬─────────────────┬──────────────────────┐',
        '│  id   │    last_name    │        email         │',
        '│ int64 │     varchar     │       varchar        │',
        '├───────┼─────────────────┼──────────────────────┤',
        '│     1 │ «Ångström»        │ «a.ang@exempel.se»     │',
        '└───────┴─────────────────┴──────────────────────┘',
      ),
    ],
  },
  {
    name: 'clickhouse vertical',
    writes: [
      lines(
        'Row 1:',
        '──────',
        'id:         1',
        'last_name:  «Vonnegut»',
        'phone:      «+7 912 345-67-89»',
        'iban:       «AT611904300234573201»',
      ),
    ],
  },
  {
    name: 'influx/cassandra expand',
    writes: [
      lines(
        '@ Row 1',
        '-----------+--------------------------',
        '  id        | 1',
        '  email     | «n.petrov@primer.ru»',
        '  ssn       | «536-22-8741»',
      ),
    ],
  },
  {
    name: 'oracle sqlplus',
    writes: [
      lines(
        'LAST_NAME            EMAIL                     SALARY',
        '-------------------- ------------------------- ------',
        '«Karapetyan»           «k.karap@example.am»         4200',
        '«Ó Súilleabháin»       «sos@example.ie»             3100',
      ),
    ],
  },
  {
    name: 'sqlcmd mssql',
    writes: [
      lines(
        'id          email                     ssn',
        '----------- ------------------------- -----------',
        '          1 «dana@example.net»          «536-22-8741»',
        '',
        '(1 rows affected)',
      ),
    ],
  },
  {
    name: 'elasticsearch _cat with mail',
    writes: [
      '{"took":3,"hits":{"hits":[{"_source":{"customer_email":"«rob@example.com»","billing":{"card_number":"«378282246310005»"}}}]}}\r\n',
    ],
  },
  {
    name: 'ldapsearch with base64',
    writes: [
      lines(
        'dn: uid=x,ou=p',
        'surname: «Großmann»',
        'mail: «j.g.mustermann@example.org»',
        'telephoneNumber: «+49 89 1234567»',
        'userPassword:: «e1NTSEF9Wm05dlltRnlZbUY2Y1hWNFptOXZZbUZ5»',
      ),
    ],
  },
  {
    name: 'vault kv get json',
    writes: ['{"data":{"data":{"password":"«Xy9#kkP2»","ttl":"768h","db_password":"«plain-horse-7»"}}}\r\n'],
  },
  {
    name: 'kubectl get secret -o json',
    writes: [
      lines(
        '"data": {',
        '    "DATABASE_URL": "cG9zdGdyZXM6Ly91«OnA0c3NXb3Jk»OUBkYi94",',
        '    "password": "«U3VwM3JTM2NyZXQh»"',
        '},',
      ),
    ],
  },
  {
    name: 'kubectl get cm env file',
    writes: [
      lines('data:', '  .env: |', '    SMTP_PASSWORD=«q7Zt!mm2»', '    CONTACT=«ops.person@example.org»'),
    ],
  },
  {
    name: 'helm get values',
    writes: [
      lines(
        'USER-SUPPLIED VALUES:',
        'postgresql:',
        '  auth:',
        '    password: «pgpass-77x»',
        '    username: app',
      ),
    ],
  },
  {
    name: 'docker compose config',
    writes: [
      lines('    environment:', '      JWT_SECRET: «jwt-s3cr3t-abcdef»', '      MYSQL_PASSWORD: «xx77yyzz»'),
    ],
  },
  {
    name: 'docker history',
    writes: ['<missing>  2 days ago  ENV API_TOKEN=«9f8a7b6c5d4e3f2a1b0c»  0B\r\n'],
  },
  {
    name: 'systemctl show environment',
    writes: [lines('Environment=DB_PASS=«hunter22» LOG=info', 'Environment="TOKEN=«abcd1234efgh5678ijkl»"')],
  },
  {
    name: 'ansible -v output',
    writes: [
      'changed: [db1] => {"changed": true, "cmd": "mysql -uroot -p«Q1w2E3r4» -e \\"select 1\\"", "item": {"email": "«a.b@example.org»", "password": "«zz-top-99»"}}\r\n',
    ],
  },
  {
    name: 'git remote -v, config',
    writes: [
      lines(
        'origin\thttps://x-access-token:«gh¦s_16C7e42F292c6912E7710c838347Ae178B4a»@github.com/a/b.git (fetch)',
        'url = https://deploy:«t0k3n-9x8y7z»@git.example.com/r.git',
      ),
    ],
  },
  {
    name: 'npmrc, pypirc, netrc',
    writes: [
      lines(
        '//registry.npmjs.org/:_authToken=«np¦m_YFqoOc1DAjqJ1fxQK7tAVcYJfPSRIqa9YX8z»',
        'password = «pyp¦i-AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMAACKlszLCJhYmNkZWZn»',
        'machine api.example.com login bob password «s3same-Open»',
      ),
    ],
  },
  {
    name: 'wget --password, sshpass, openssl',
    own: 'admin',
    writes: [
      lines(
        "$ sshpass -p '«l3tm31n!»' ssh root@db",
        "$ wget --user=bob --password='«pAss-w0rd»' http://x",
        '$ openssl enc -aes-256-cbc -k «k33p-safe-77»',
        '$ redis-cli -a «r3d1s-Pw» ping',
        '$ PGPASSWORD=«pg-s3cret» psql -h db',
        '$ mongo -u root -p «m0ng0Pw1» --host db',
        '$ curl -u «admin:opensesame1» x',
      ),
    ],
  },
  {
    name: 'bcrypt, argon2, scram',
    own: 'SCRAM SHA argon2id',
    writes: [
      lines(
        '«$2b$12$KIXQ4S0e7Q9bC6mHq3xv9eQm1YyV0y5n8wq1bq3J0yK8wJ5m1qv2a»',
        '«$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21l$RdescudvJCsgt3ub+b8dWRWJTmaaJObG»',
        '«SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:HZrGxZ8wJ0m9Wq7pYJ4F0sQ0l1bJ3gXq6U0kT5y2n8E=»',
      ),
    ],
  },
  {
    name: 'rspec/phpunit failure diff',
    writes: [
      lines(
        "-'email' => '«old.addr@example.com»'",
        "+'email' => '«new.addr@example.com»'",
        'Expected "«+1 212-555-0187»" got "«(212) 555-0188»"',
      ),
    ],
  },
];
