import { lines } from './session.ts';
import type { Session } from './session.ts';

/** Values of many kinds, each beside the words that people put there. */
export const PEOPLE_SESSIONS: readonly Session[] = [
  {
    name: 'mysql prompt Enter password',
    values: ['hU9-kkLp2'],
    writes: ['Enter password: ', 'hU9-kkLp2', '\r\nWelcome\r\n'],
  },
  {
    name: 'ssh passphrase',
    values: ['cor-rect-horse-9'],
    writes: ["Enter passphrase for key '/root/.ssh/id_rsa': ", 'cor-rect-horse-9', '\r\n'],
  },
  {
    name: 'git clone with token',
    writes: [
      lines(
        '$ git clone https://oauth2:«glpa¦t-x7Kq9LmN2pR4tV6wYz1B»@gitlab.example.com/a/b.git',
        "Cloning into 'b'...",
      ),
    ],
  },
  {
    name: 'curl flags',
    writes: [
      "$ curl -H 'X-Api-Key: «q8Zt3mNpLw0v»' --user jane:«P4ssw0rd!x» https://api.example.com/v1?access_token=«ya2¦9.a0AfH6SMBx7Qz»\r\n",
    ],
  },
  {
    name: 'vendors',
    own: 'https hooks.slack.com services',
    writes: [
      lines(
        '«glpa¦t-x7Kq9LmN2pR4tV6wYz1B»',
        '«github_pa¦t_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY»',
        '«sk-an¦t-api03-aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vWaB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vWaB3dE5fG7hI9jK1lM2nO4pQ6rS8tUAA»',
        '«AI¦zaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY»',
        '«S¦G.ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc-1s5cr»',
        '«shpa¦t_0123456789abcdef0123456789abcdef»',
        '«hv¦s.CAESIJlWh3x9kQ2mN7pR4tV6wYz1BcD3eF5gH7iJ9kL0mNoGh4KHGh2cy5hYmNkZWZnaGlqa2w»',
        '«dckr_pa¦t_x7Kq9LmN2pR4tV6wYz1B3dE5fG7»',
        '«pyp¦i-AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMAACKlszLCJhYmNkZWZn»',
        '«h¦f_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH»',
        '«123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1»',
        '«https://hooks.slack.com/services¦/T0A1B2C3D/B4E5F6G7H/k8L9m0N1p2Q3r4S5t6U7v8W9»',
        '«AGE-SECRET-KE¦Y-1QQPQQZ7KC5F2ZQ8X4H7V0J9D3L6N2R5T8W0Y3A6C9E2G5J8M0QK7»',
        '«rk_liv¦e_51HqLyjWDarjtT1zdp7dcABCD»',
        '«whse¦c_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH»',
      ),
    ],
  },
  {
    name: 'azure connection strings',
    writes: [
      lines(
        'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=«lJzRc1YdHaAA2KCNJJ1tkYwF/+mKK6Ygw0NGe170Xu592euJv2wYUtBlV8z+qnlcNQSnIYVTkLWntUO1F8j8rQ==»;EndpointSuffix=core.windows.net',
        'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=«5dOntTRytoC24opYThisAsit3is2B+OGY1US/fuL3ly=»',
        'Server=tcp:db;User ID=sa;Password=«Pa55-w0rd-Q»;',
        'https://x.blob.core.windows.net/c?sv=2022&sig=«Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5%3D»',
      ),
    ],
  },
  {
    name: 'phones',
    writes: [
      lines(
        'call me at «+1 (415) 555-2671»',
        'Tel. «020 7946 0958»',
        'Telefon: «+49 (0)30 901820»',
        'mobile «07700 900123»',
        'téléphone «01 42 68 53 00»',
        'Handy «0171 2345678»',
        'tel: «+33-6-12-34-56-78»',
        'phone=«5551234567»',
        '☎ «+420 601 123 456»',
        'cel. «(11) 91234-5678»',
        '電話 «03-1234-5678»',
        '«+86 138 0013 8000»',
      ),
    ],
  },
  {
    name: 'national ids',
    writes: [
      lines(
        'DNI «12345678Z»',
        'NIE: «X1234567L»',
        'N° sécu «2 55 08 14 168 025 38»',
        'codice fiscale «RSSMRA85T10A562S»',
        'BSN «111222333»',
        'PESEL: «44051401359»',
        'personnummer «811228-9874»',
        'hetu «131052-308T»',
        'NINO «AB123456C»',
        'Aadhaar «2341 2341 2346»',
        'PAN «ABCPE1234F»',
        'SIN «130 692 544»',
        'TFN: «123 456 782»',
        'NRIC «S1234567D»',
        'Steuer-ID «86095742719»',
        'СНИЛС «112-233-445 95»',
        'T.C. Kimlik No: «10000000146»',
        'RUT «12.345.678-5»',
        'CURP «GODE561231HDFRRN09»',
        'driver license «F255-9215-4094»',
        'passport no. «C01X00T47»',
      ),
    ],
  },
  {
    name: 'names and titles',
    writes: [
      lines(
        'Dear Mr. «Wojciechowski»,',
        'Frau Dr. «Schneider-Hoffmann» called',
        'Sehr geehrte Frau «Yıldız»',
        'My name is «Ngozi Okonkwo».',
        'Assigned to: «Priya Sharma»',
        'From: «Carlos Mendes» <«carlos.mendes@exemplo.pt»>',
        'created by «Robert Lewandowski» on Monday',
      ),
    ],
  },
  {
    name: 'addresses',
    own: 'Springfield Berlin Paris',
    writes: [
      lines(
        'Ship to: «742 Evergreen Terrace, Springfield, IL 62704»',
        'Adresse: «Friedrichstraße 123, 10117 Berlin»',
        '«1600 Pennsylvania Avenue NW, Washington, DC 20500»',
        'address=«Via Roma 12, 00184 Roma»',
        '«10 rue de Rivoli, 75001 Paris»',
      ),
    ],
  },
  {
    name: 'DOBs',
    writes: [
      lines(
        'dob: «03/14/1985»',
        'born on «14 March 1985»',
        'Geburtsdatum: «14.03.1985»',
        '"birthDate": "«1985-03-14»"',
        'né le «14/03/1985»',
        'DateOfBirth=«19850314»',
      ),
    ],
  },
  {
    name: 'netstat/ipv4 ipv6 mac',
    writes: [
      lines(
        'from «203.0.113.77» port 22',
        'inet6 «2a02:8109:9d40:1b2c:5d:e1ff:fe3a:9» scope',
        'peer [«2001:4860:4860::8844»]:443',
      ),
    ],
  },
  {
    name: 'crypto wallet',
    writes: [
      lines(
        'btc «1BoatSLRHtKNngkdXEeobR76b53LETtpyT»',
        'eth «0x742d35Cc6634C0532925a3b844Bc454e4438f44e»',
        '«bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq»',
      ),
    ],
  },
];
