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
        '$ git clone https://oauth2:\u00abglpat-x7Kq9LmN2pR4tV6wYz1B»@gitlab.example.com/a/b.git',
        "Cloning into 'b'...",
      ),
    ],
  },
  {
    name: 'curl flags',
    writes: [
      "$ curl -H 'X-Api-Key: \u00abq8Zt3mNpLw0v»' --user jane:\u00abP4ssw0rd!x» https://api.example.com/v1?access_token=\u00abya29.a0AfH6SMBx7Qz»\r\n",
    ],
  },
  {
    name: 'vendors',
    own: 'https hooks.slack.com services',
    writes: [
      lines(
        '\u00abglpat-x7Kq9LmN2pR4tV6wYz1B»',
        '\u00abgithub_pat_11ABCDEFG0abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY»',
        '\u00absk-ant-api03-aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vWaB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vWaB3dE5fG7hI9jK1lM2nO4pQ6rS8tUAA»',
        '\u00abAIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY»',
        '\u00ab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»',
        '\u00abshpat_0123456789abcdef0123456789abcdef»',
        '\u00abhvs.CAESIJlWh3x9kQ2mN7pR4tV6wYz1BcD3eF5gH7iJ9kL0mNoGh4KHGh2cy5hYmNkZWZnaGlqa2w»',
        '\u00abdckr_pat_x7Kq9LmN2pR4tV6wYz1B3dE5fG7»',
        '\u00abpypi-AgEIcHlwaS5vcmcCJDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMAACKlszLCJhYmNkZWZn»',
        '\u00abhf_aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH»',
        '\u00ab123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1»',
        '\u00abhttps://hooks.slack.com/services/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»',
        '\u00abAGE-SECRET-KEY-1QQPQQZ7KC5F2ZQ8X4H7V0J9D3L6N2R5T8W0Y3A6C9E2G5J8M0QK7»',
        '\u00abrk_live_51HqLyjWDarjtT1zdp7dcABCD»',
        '\u00abwhsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH»',
      ),
    ],
  },
  {
    name: 'azure connection strings',
    writes: [
      lines(
        'DefaultEndpointsProtocol=https;AccountName=x;AccountKey=\u00ablJzRc1YdHaAA2KCNJJ1tkYwF/+mKK6Ygw0NGe170Xu592euJv2wYUtBlV8z+qnlcNQSnIYVTkLWntUO1F8j8rQ==»;EndpointSuffix=core.windows.net',
        'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=k;SharedAccessKey=\u00ab5dOntTRytoC24opYThisAsit3is2B+OGY1US/fuL3ly=»',
        'Server=tcp:db;User ID=sa;Password=\u00abPa55-w0rd-Q»;',
        'https://x.blob.core.windows.net/c?sv=2022&sig=\u00abZm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5%3D»',
      ),
    ],
  },
  {
    name: 'phones',
    writes: [
      lines(
        'call me at \u00ab+1 (415) 555-2671»',
        'Tel. \u00ab020 7946 0958»',
        'Telefon: \u00ab+49 (0)30 901820»',
        'mobile \u00ab07700 900123»',
        'téléphone \u00ab01 42 68 53 00»',
        'Handy \u00ab0171 2345678»',
        'tel: \u00ab+33-6-12-34-56-78»',
        'phone=\u00ab5551234567»',
        '☎ \u00ab+420 601 123 456»',
        'cel. \u00ab(11) 91234-5678»',
        '電話 \u00ab03-1234-5678»',
        '\u00ab+86 138 0013 8000»',
      ),
    ],
  },
  {
    name: 'national ids',
    writes: [
      lines(
        'DNI \u00ab12345678Z»',
        'NIE: \u00abX1234567L»',
        'N° sécu \u00ab2 55 08 14 168 025 38»',
        'codice fiscale \u00abRSSMRA85T10A562S»',
        'BSN \u00ab111222333»',
        'PESEL: \u00ab44051401359»',
        'personnummer \u00ab811228-9874»',
        'hetu \u00ab131052-308T»',
        'NINO \u00abAB123456C»',
        'Aadhaar \u00ab2341 2341 2346»',
        'PAN \u00abABCPE1234F»',
        'SIN \u00ab130 692 544»',
        'TFN: \u00ab123 456 782»',
        'NRIC \u00abS1234567D»',
        'Steuer-ID \u00ab86095742719»',
        'СНИЛС \u00ab112-233-445 95»',
        'T.C. Kimlik No: \u00ab10000000146»',
        'RUT \u00ab12.345.678-5»',
        'CURP \u00abGODE561231HDFRRN09»',
        'driver license \u00abF255-9215-4094»',
        'passport no. \u00abC01X00T47»',
      ),
    ],
  },
  {
    name: 'names and titles',
    writes: [
      lines(
        'Dear Mr. \u00abWojciechowski»,',
        'Frau Dr. \u00abSchneider-Hoffmann» called',
        'Sehr geehrte Frau \u00abYıldız»',
        'My name is \u00abNgozi Okonkwo».',
        'Assigned to: \u00abPriya Sharma»',
        'From: \u00abCarlos Mendes» <\u00abcarlos.mendes@exemplo.pt»>',
        'created by \u00abRobert Lewandowski» on Monday',
      ),
    ],
  },
  {
    name: 'addresses',
    own: 'Springfield Berlin Paris',
    writes: [
      lines(
        'Ship to: \u00ab742 Evergreen Terrace, Springfield, IL 62704»',
        'Adresse: \u00abFriedrichstraße 123, 10117 Berlin»',
        '\u00ab1600 Pennsylvania Avenue NW, Washington, DC 20500»',
        'address=\u00abVia Roma 12, 00184 Roma»',
        '\u00ab10 rue de Rivoli, 75001 Paris»',
      ),
    ],
  },
  {
    name: 'DOBs',
    writes: [
      lines(
        'dob: \u00ab03/14/1985»',
        'born on \u00ab14 March 1985»',
        'Geburtsdatum: \u00ab14.03.1985»',
        '"birthDate": "\u00ab1985-03-14»"',
        'né le \u00ab14/03/1985»',
        'DateOfBirth=\u00ab19850314»',
      ),
    ],
  },
  {
    name: 'netstat/ipv4 ipv6 mac',
    writes: [
      lines(
        'from \u00ab203.0.113.77» port 22',
        'inet6 \u00ab2a02:8109:9d40:1b2c:5d:e1ff:fe3a:9» scope',
        'peer [\u00ab2001:4860:4860::8844»]:443',
      ),
    ],
  },
  {
    name: 'crypto wallet',
    writes: [
      lines(
        'btc \u00ab1BoatSLRHtKNngkdXEeobR76b53LETtpyT»',
        'eth \u00ab0x742d35Cc6634C0532925a3b844Bc454e4438f44e»',
        '\u00abbc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq»',
      ),
    ],
  },
];
