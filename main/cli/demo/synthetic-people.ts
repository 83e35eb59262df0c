import type { Country } from './synthetic-values.ts';
import { birthDate, cardNumber, createRandom, iban, nationalId, phoneNumber } from './synthetic-values.ts';

/** A person who does not exist. Property names are the column names of the demo database. */
export interface SyntheticPerson {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly phone: string;
  readonly country: Country;
  readonly street: string;
  readonly postcode: string;
  readonly city: string;
  readonly birth_date: string;
  readonly national_id: string;
  readonly card_number: string;
  readonly iban: string | null;
}

interface Locale {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly streets: readonly string[];
  readonly cities: readonly (readonly [string, string])[];
  readonly domain: string;
}

/** Common names of each country; any likeness is chance. */
const LOCALES: Readonly<Record<Country, Locale>> = {
  US: {
    given: ['Ava', 'Liam', 'Grace', 'Mason', 'Chloe', 'Ethan', 'Nora', 'Caleb'],
    family: ['Whitfield', 'Hargrove', 'Delaney', 'Stanton', 'Mercer', 'Okafor', 'Ramirez', 'Nguyen'],
    streets: ['Maple Ave', 'Oak Street', 'Cedar Lane', 'Willow Road'],
    cities: [
      ['80202', 'Denver'],
      ['78701', 'Austin'],
      ['02108', 'Boston'],
      ['94103', 'San Francisco'],
    ],
    domain: 'example.com',
  },
  GB: {
    given: ['Oliver', 'Imogen', 'Harriet', 'Rhys', 'Isla', 'Callum', 'Freya', 'Alistair'],
    family: ['Thornbury', 'Ashworth', 'Penrose', 'McAllister', 'Bramley', 'Cartwright', 'Davies', 'Patel'],
    streets: ['Church Lane', 'Station Road', 'Mill Street', 'Kings Row'],
    cities: [
      ['M1 1AE', 'Manchester'],
      ['EH1 1YZ', 'Edinburgh'],
      ['BS1 4DJ', 'Bristol'],
      ['LS1 5AB', 'Leeds'],
    ],
    domain: 'example.co.uk',
  },
  DE: {
    given: ['Jürgen', 'Anneliese', 'Matthias', 'Katrin', 'Björn', 'Ulrike', 'Tobias', 'Heike'],
    family: ['Müller', 'Schönfeld', 'Bergmann', 'Krüger', 'Weißhaupt', 'Lindner', 'Hartmann', 'Yılmaz'],
    streets: ['Hauptstraße', 'Gartenweg', 'Lindenallee', 'Am Markt'],
    cities: [
      ['10115', 'Berlin'],
      ['80331', 'München'],
      ['50667', 'Köln'],
      ['20095', 'Hamburg'],
    ],
    domain: 'beispiel.example',
  },
  FR: {
    given: ['Élodie', 'Guillaume', 'Margaux', 'Thibault', 'Océane', 'Rémi', 'Camille', 'Baptiste'],
    family: ['Lefèvre', 'Marchand', 'Beaumont', 'Girard', 'Rousseau', 'Delacroix', 'Benali', 'Fontaine'],
    streets: ['rue de la Paix', 'avenue Foch', 'rue du Moulin', 'boulevard Voltaire'],
    cities: [
      ['75002', 'Paris'],
      ['69003', 'Lyon'],
      ['31000', 'Toulouse'],
      ['44000', 'Nantes'],
    ],
    domain: 'exemple.example',
  },
  ES: {
    given: ['Íñigo', 'Lucía', 'Álvaro', 'Marta', 'Sergio', 'Nuria', 'Pablo', 'Carmen'],
    family: ['García', 'Núñez', 'Ortega', 'Castaño', 'Vidal', 'Herrera', 'Molina', 'Peña'],
    streets: ['Calle Mayor', 'Avenida del Sol', 'Calle Luna', 'Paseo del Prado'],
    cities: [
      ['28013', 'Madrid'],
      ['08002', 'Barcelona'],
      ['41001', 'Sevilla'],
      ['46002', 'Valencia'],
    ],
    domain: 'ejemplo.example',
  },
  PL: {
    given: ['Łukasz', 'Agnieszka', 'Paweł', 'Małgorzata', 'Krzysztof', 'Zofia', 'Michał', 'Beata'],
    family: ['Nowak', 'Wiśniewska', 'Zieliński', 'Dąbrowska', 'Kamiński', 'Szymańska', 'Wójcik', 'Król'],
    streets: ['ul. Długa', 'ul. Polna', 'ul. Leśna', 'ul. Słoneczna'],
    cities: [
      ['00-001', 'Warszawa'],
      ['31-001', 'Kraków'],
      ['50-001', 'Wrocław'],
      ['80-001', 'Gdańsk'],
    ],
    domain: 'przyklad.example',
  },
};
const COUNTRIES = Object.keys(LOCALES) as readonly Country[];

/** `count` people from a seed, spread over the countries. */
export function makePeople(count: number, seed: number): SyntheticPerson[] {
  const random = createRandom(seed);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[random(choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  return Array.from({ length: count }, (_, index) => {
    const country = COUNTRIES[index % COUNTRIES.length] ?? 'US';
    const locale = LOCALES[country];
    const first = pick(locale.given);
    const last = pick(locale.family);
    const [postcode, city] = pick(locale.cities);
    return {
      id: index + 1,
      first_name: first,
      last_name: last,
      email: `${plain(first)}.${plain(last)}${index + 1}@${locale.domain}`,
      phone: phoneNumber(random, country),
      country,
      street: `${1 + random(180)} ${pick(locale.streets)}`,
      postcode,
      city,
      birth_date: birthDate(random),
      national_id: nationalId(random, country),
      card_number: cardNumber(random),
      iban: iban(random, country),
    };
  });
}

/** Letters that a mail address can hold. */
function plain(name: string): string {
  const base = name.replaceAll('ł', 'l').replaceAll('Ł', 'L').replaceAll('ß', 'ss').replaceAll('ı', 'i');
  return base
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
