import type { LexiconEntry } from './lexicon-entry.ts';
import { SECRET_KEYS, WEAK_SECRET_KEYS } from '../secrets/secret-keys.ts';

const list = (text: string): readonly string[] =>
  text
    .split(',')
    .map(each => each.trim().replace(/\s+/g, ' '))
    .filter(each => each !== '');

/** Keys by entity, secrets of programs and services included. */
export const KEY_LEXICON: readonly LexiconEntry[] = [
  {
    entity: 'email',
    keys: list(`email, e mail, mail, emails, email address, e mail address, mail address, emailadresse, e mail adresse, email addr,
      correo, correo electronico, correo electrónico, courriel, adresse email, adresse mail, posta elettronica, e post, epost, почта`),
  },
  {
    entity: 'phone',
    keys: list(`phone, phone number, phone no, phone num, phonenumber, telephone, telephone number, tel, tel no, telno, mobile, mobile number, mobile no,
      mobile phone, msisdn, cell, cell phone, cellphone, fax, fax number, whatsapp, home phone, work phone, contact number,
      telefon, telefonnummer, handy, handynummer, mobil, mobilnummer, rufnummer, telefono, teléfono, telefone, celular, movil, móvil, téléphone,
      portable, numero de telephone, cellulare, telefoonnummer, mobiel, telefonu, numer telefonu, telefonnr, puhelin, телефон, 電話番号, 电话, 手机`),
  },
  {
    entity: 'card',
    keys: list(`card number, card no, card num, cardno, credit card, credit card number, creditcard, credit card no, debit card, debit card number, cc number, cc num,
      cc no, ccnum, ccn, cc, pan number, primary account number, kreditkarte, kreditkartennummer, kartennummer, carte bancaire, numero de carte, numéro de carte,
      tarjeta, numero de tarjeta, número de tarjeta, carta di credito, numero carta, creditcardnummer, numer karty, kortnummer, номер карты, cvv, cvc, cvv2, cvc2, card cvv`),
  },
  { entity: 'iban', keys: list('iban, iban number, iban no, iban code, kontonummer iban') },
  {
    entity: 'bank-account',
    keys: list(`bank account, bank account number, account number, account no, acct no, acct num, acct number, accountnumber, bank account no, routing number, aba routing, aba,
      sort code, sortcode, bank code, kontonummer, konto nr, bankverbindung, numero de cuenta, número de cuenta, numero de compte, numéro de compte, conto corrente,
      numer konta, rekeningnummer, bankgiro, clabe, bsb, номер счета`),
  },
  {
    entity: 'ssn',
    keys: list(`ssn, ssn number, ssn no, social security, social security number, social security no, soc sec, soc sec no, social insurance number, itin,
      us ssn, ssn last4, ssn last 4, individual taxpayer identification number`),
  },
  {
    entity: 'national-id',
    keys: list(`national id, national id number, id number, national identity number, national identification number, nationalid, id card number, id card no, identity card, identity card number, identity number, personal id number, personal identity code,
      personal number, citizen id, government id, tax id, tax number, taxid, tax identification number, taxpayer id, tax file number, tfn, nino, national insurance, national insurance number, ni number, nhs number, nhs no, nhs,
      aadhaar, aadhar, aadhaar number, uidai, pan card, pan no, pesel, nip pesel, bsn, burgerservicenummer, personnummer, fodselsnummer, fødselsnummer, cpr nummer, cpr number, henkilotunnus, henkilötunnus, hetu,
      dni, nie, nif, documento nacional de identidad, codice fiscale, codicefiscale, numero de securite sociale, numéro de sécurité sociale, numero secu, numéro sécu, nir, insee, steuer id, steuerid, steueridentifikationsnummer, idnr, steuernummer,
      sozialversicherungsnummer, personalausweis, personalausweisnummer, ausweisnummer, cpf, cnpj, curp, rut, cedula, cédula, nric, fin number, hkid, rrn, resident registration number, tc kimlik, tc kimlik no, tckn, kimlik no, snils, inn,
      снилс, инн, rodne cislo, rodné číslo, oib, jmbg, egn, cnp, amka, pps number, ppsn, sin number, medicare number, medicare no, vat id, vat number, vat no, vat registration number, ust id, ust idnr, ust id nr, umsatzsteuer id, gstin, gst number,
      employer identification number, svnr, lanr, bsnr, arztnummer, kennitala, isikukood, asmens kodas, personas kods, amka, emso, emšo, mykad, cnic, emirates id, iqama number, teudat zehut, cuit, cuil, nro documento, numero documento,
      rnokpp, ahv number, ahv nr, ahv nummer, ahvnr, avs number, numero avs, numéro avs, abn number, acn number, uen number, medicare card number, pan card number, individual number, my number, kvnr, krankenversichertennummer, voter id, 주민등록번호, 身份证, 身份证号`),
  },
  {
    entity: 'passport',
    keys: list(`passport, passport number, passport no, passport num, passportnumber, passport id, reisepass, reisepassnummer, passnummer, passeport, numero de passeport, pasaporte, numero de pasaporte, número de pasaporte,
      passaporto, numero passaporto, passaporte, paspoort, paspoortnummer, paszport, numer paszportu, passi, паспорт, 여권번호, 護照`),
  },
  {
    entity: 'driving-licence',
    keys: list(`driving licence, driving license, driving licence number, driving license number, driver license, driver licence, drivers license, drivers licence, driver s license, driver license number, drivers license number, driver licence number,
      licence number, license number, licence no, license no, dl number, dl no, dlnumber, fuhrerschein, führerschein, führerscheinnummer, fuehrerschein, permis de conduire, permiso de conducir, carnet de conducir, patente di guida, patente, rijbewijs, prawo jazdy, korkort, körkort`),
  },
  {
    entity: 'date-of-birth',
    keys: list(`dob, date of birth, birth date, birthdate, birthday, birth day, d o b, born on, date birth, geburtsdatum, geburtstag, geb datum, date de naissance, né le, née le, fecha de nacimiento, fecha nacimiento, data di nascita,
      data de nascimento, geboortedatum, data urodzenia, födelsedatum, fodelsedatum, syntymäaika, data narození, dátum narodenia, data nașterii, data naşterii, születési dátum, születési idő, doğum tarihi, dogum tarihi, fødselsdato, fødselsdag, fodselsdato, kelahiran, tanggal lahir, tarikh lahir, ngày sinh, дата рождения, дата народження, ημερομηνία γέννησης, תאריך לידה, تاريخ الميلاد, 生年月日, 生日, 出生日期, 생년월일`),
  },
  {
    entity: 'geo',
    keys: list(
      'latitude, longitude, lat, lng, lon, lat lng, latlng, lat lon, latlon, geo location, geolocation, gps, gps coordinates, coordinates, breitengrad, längengrad',
    ),
  },
  {
    entity: 'person',
    keys: list(`first name, firstname, fname, given name, givenname, forename, last name, lastname, lname, surname, family name, familyname, middle name, middlename, maiden name, full name, fullname, real name, legal name,
      customer name, client name, patient name, patient, employee name, contact name, cardholder, cardholder name, card holder, card holder name, account holder, account holder name, holder name, name on card, name on the card, policyholder, policyholder name, policy holder, passenger name, insured name, spouse name, next of kin, emergency contact name, person name, guest name, member name, beneficiary name, recipient name, payee name,
      name of patient, mother s maiden name, mothers maiden name, vorname, nachname, familienname, geburtsname, vollständiger name, kundenname, prenom, prénom, nom de famille, nom complet, nombre completo, apellido, apellidos, primer apellido,
      nome completo, cognome, sobrenome, voornaam, achternaam, imie, imię, nazwisko, imię i nazwisko, förnamn, efternamn, fornavn, mellomnavn, etternavn, etunimi, sukunimi, guardian name, preferred name, nombres, vezetéknév, keresztnév, jméno, příjmení, meno, priezvisko, prenume, nume de familie, adı, soyadı, ad soyad, adı soyadı, όνομα, επώνυμο, ονοματεπώνυμο, ім'я, прізвище, 성명, 성함, お名前, 名前, ชื่อ นามสกุล, họ tên, họ và tên, имя, фамилия, отчество, фио, 姓名, 氏名`),
  },
  {
    entity: 'address',
    keys: list(`street, street address, street name, street line, street line 1, address line, address line 1, address line 2, address line1, address line2, address1, address2, addr line, home address, billing address, shipping address, delivery address, mailing address, postal address, residential address, work address, customer address, full address,
      post code, postcode, postal code, postalcode, zip code, zipcode, zip, plz, postleitzahl, strasse, straße, hausnummer, anschrift, wohnort, wohnanschrift, adresse postale, code postal, rue, direccion, dirección, calle, codigo postal, código postal, indirizzo, endereco, endereço, cep, straat, postcode huisnummer,
      ulica, kod pocztowy, gatuadress, postnummer, gateadresse, osoite, lakcím, adres zamieszkania, адрес, адреса проживання, διεύθυνση, 住所, 地址, 주소`),
  },
  {
    entity: 'vehicle-plate',
    keys: list(
      'license plate, licence plate, number plate, plate number, plate no, registration plate, vehicle registration, vehicle registration number, vehicle plate, kfz kennzeichen, kennzeichen, amtliches kennzeichen, plaque d immatriculation, immatriculation, matricula, matrícula, targa, kenteken, numer rejestracyjny, plaka, rekisterinumero',
    ),
  },
  {
    entity: 'health',
    keys: list(`diagnosis, diagnoses, diagnosis code, icd10, icd 10, icd code, icd9, medical condition, medical history, medical record number, mrn, health condition, blood type, blood group, allergies, medication, medications, prescription, treatment, disability, disabilities, hiv status, pregnancy, mental health,
      diagnose, befund, blutgruppe, krankheit, diagnostic médical, diagnostico, diagnóstico, groupe sanguin, grupo sanguineo, religion, ethnicity, ethnic origin, race ethnicity, sexual orientation, political opinion, trade union membership, union member, biometric, genetic`),
  },
  {
    entity: 'crypto-wallet',
    keys: list(
      'wallet address, btc address, bitcoin address, eth address, ethereum address, crypto address, seed phrase, mnemonic phrase, recovery phrase',
    ),
  },
  {
    entity: 'private-key',
    keys: list('private key, privatekey, ssh private key, tls key pem, rsa private key, private key pem'),
  },
  {
    entity: 'password',
    keys: list(`password, passwd, passwort, kennwort, pwd, pass, db pass, user pass, smtp pass, mysql pass, ftp pass, redis pass, admin pass, app pass, passphrase, pass phrase, pgpassword, mysql pwd, user password, db password, db pass, dbpass, root password, admin password, login password, smtp password, requirepass, masterauth, current password, new password, old password, password hash, passwd hash, pwhash, pass hash, bind password, bindpw, rootpw,
      authenticationstring, authentication string, rolpassword, mot de passe, motdepasse, mdp, contraseña, contrasena, clave de acceso, senha, wachtwoord, haslo, hasło, lösenord, salasana, пароль, 密码, パスワード, pin code, pincode, otp code, security answer, secret answer`),
  },
  {
    entity: 'api-key',
    keys: list(`api key, apikey, api secret, apisecret, api token, apitoken, access key, accesskey, access key id, accesskeyid, secret access key, secretaccesskey, secret key, secretkey, secret, client secret, clientsecret, app secret, appsecret, consumer secret, shared secret, sharedsecret, jwt secret, session secret, webhook secret, signing secret, signing key, signingkey, encryption key, encryptionkey, master key, masterkey, account key, accountkey, shared access key, sharedaccesskey, storage key,
      token, access token, accesstoken, refresh token, refreshtoken, auth token, authtoken, bearer token, session token, sessiontoken, id token, idtoken, csrf token, xsrf token, registration token, bot token, deploy token, personal access token, oauth token, oauthtoken, security token, verification token, reset token, x auth token, x api key, x amz security token, x vault token, vault token, gitlab token, github token, npm token, slack token,
      secret key base, app key, appkey, private token, authkey, auth key, totp secret, otp secret, mfa secret, two factor secret, recovery code, recovery codes, backup codes, sessid, phpsessid, jsessionid, connect sid, set cookie, cookie`),
  },
  ...SECRET_KEYS,
  { entity: 'api-key', keys: WEAK_SECRET_KEYS },
];

/** Words that support a shape in their neighbourhood. A class is what rules refer to. */
export type ContextClass =
  | 'phone'
  | 'card'
  | 'bank'
  | 'ssn'
  | 'tax'
  | 'id'
  | 'identity-card'
  | 'npwp'
  | 'passport'
  | 'licence'
  | 'birth'
  | 'geo'
  | 'plate'
  | 'postcode'
  | 'health-id'
  | 'wallet';

export const CONTEXT_LEXICON: Readonly<Record<ContextClass, readonly string[]>> = {
  phone:
    list(`phone, phones, phone number, telephone, tel, mobile, cell, cel, fono, tfno, cellphone, call, calls, called, calling, call me, dial, ring, sms, text me, whatsapp, fax, tlf, tlf nr, telf, tlfn, tél, gsm, natel, mob, msisdn, hotline, contact number, reach me, reach him, reach her, contact, line number, desk, answering at, messages to, text to, office, hot line,
    telefon, telefonnummer, tel nr, handy, mobil, rufnummer, anrufen, appelez, téléphone, telephone portable, portable, teléfono, telefono, llame, móvil, movil, celular, cellulare, telefone, ligue, bellen, telefoonnummer, zadzwoń, numer telefonu, ring mig, puhelin, телефон, 电话, 電話, us number, uk number, cn number, number is, numaram, international one`),
  card: list(
    'card, cards, credit, debit, visa, mastercard, amex, american express, maestro, discover, jcb, diners, unionpay, cc, payment method, kreditkarte, kartennummer, karte, carte, tarjeta, carta, cartão, karta, kort, карта, charged, expires, cvv, cvc',
  ),
  bank: list(
    'iban, bank, account, acct, account number, routing, aba, sort code, bsb, clabe, swift, swift code, bic, bic code, konto, kontonummer, compte, cuenta, conto, conta, rekening, konta, transfer, wire, deposit, checking, savings, счет, счёт',
  ),
  ssn: list(
    'ssn, ssns, ssid, ss, social security, social security number, soc sec, itin, taxpayer, tax id, social',
  ),
  tax: list(
    `tax, taxpayer, tin, tfn, ein, vat, vat id, vat number, steuer, steuer id, steuernummer, steueridentifikationsnummer, steuerid, idnr, ust idnr, ust id, umsatzsteuer, fiscal, codice fiscale, partita iva, p iva, nif, cif, cnpj, cpf, abn, acn, gst, gstin, pan, permanent account number, bir tin, siren, siret, tva, mva, moms, btw, rfc, nit, kvk, kbo, nipc, adószám, st nr, steuer nr, finanzamt, handelsregister, handelsregisternummer, registergericht, pib, edrpou, ird, kra pin, ein number, nip, regon, orgnummer, organisationsnummer, uen, inn, brn, business registration`,
  ),
  id: list(
    `id, id number, id no, id card, identity, identity card, identity number, identification, identification number, identifier, national, national id, national insurance, nino, ni number, nhs, nhs number, aadhaar, aadhar, uidai, pesel, bsn, burgerservicenummer, personnummer, pnr, personal number, personal identity code, hetu, henkilötunnus, henkilotunnus, dni, nie, nif, número de identificación, nir, insee, sécurité sociale, securite sociale, nss, sin, social insurance, nric, fin, tnin, rrn, frn, resident, registration number, kimlik, tc kimlik, tckn, cédula, cedula, citizen, resident number, foreign registration, nin, rut, curp, personalausweis, ausweis, ausweisnummer, perso, rsa id, permanent resident, refugee, voter, voter id, epic, documento, pps, ppsn, oib, egn, cnp, snils, amka, jmbg, emšo, emso, kennitala, isikukood, asmens kodas, personas kods, rodne cislo, cpr nummer, hkid, hong kong identity card, mykad, nric no, ktp, cnic, nadra, emirates id, iqama, teudat zehut, mispar zehut, cmnd, cccd, my number, マイナンバー, 個人番号, rrn no, rut no, cuil, cuit, clave única, iin, dowód, rodné číslo, cpr, fødselsnummer, sozialversicherungsnummer, rentenversicherungsnummer, rvnr, svnr, 주민등록번호, 身份证, เลขประจำตัวประชาชน`,
  ),
  'identity-card': list(
    'identity card, id card, carta di identità, carta d identità, carta identità, carta d’identità, cie, documento di identità, numero documento',
  ),
  npwp: list('npwp, nomor pokok wajib pajak'),
  passport: list(
    'passport, passports, passportnumber, passport number, passport no, travel document, reisepass, passnummer, passeport, pasaporte, passaporto, passaporte, paspoort, paszport, паспорт, 여권, 여권번호',
  ),
  licence: list(
    'driving licence, driving license, driver license, driver licence, drivers license, drivers licence, driver s license, driver s licence, licence, license, dl, permit number, dvla, führerschein, führerscheinnummer, fuehrerschein, fahrerlaubnis, permis de conduire, permis, permiso de conducir, carnet de conducir, patente, patente di guida, rijbewijs, prawo jazdy, körkort',
  ),
  birth: list(
    'born, born on, dob, birth, birthday, birthdate, date of birth, d o b, geboren, geboren am, geburtsdatum, né le, née le, naissance, nacido, nacida, nacimiento, nato il, nata il, nascita, nascimento, geboortedatum, urodzenia, född, родился, родилась, рождения',
  ),
  geo: list(
    'latitude, longitude, lat, lng, lon, long, gps, coordinates, coords, geolocation, location, position, breitengrad, längengrad, coordonnées, coordenadas',
  ),
  plate: list(
    'plate, plates, license plate, licence plate, number plate, plate number, registration, vehicle, vehicles, car, reg no, reg number, vrm, kennzeichen, kfz, fahrzeug, immatriculation, plaque, matrícula, matricula, targa, kenteken, plaka, plakası, araç, rejestracyjny, numer rejestracyjny, vin, vehicle identification number, chassis number, fahrgestellnummer, fahrzeug identifizierungsnummer, fin nummer',
  ),
  postcode: list(
    'postcode, post code, postal code, zip, zip code, zipcode, plz, postleitzahl, code postal, código postal, codigo postal, cap, cep, address, live at, lives at, lives in, living at',
  ),
  'health-id': list(
    'nhs, nhs number, medicare, mbi, medicare id, npi, dea, medical license, health insurance, kvnr, krankenkasse, versichertennummer, krankenversichertennummer, egk, egk nummer, krankenversicherung, lanr, arztnummer, arzt nr, vertragsarzt, rezept, 요양기관, bsnr, betriebsstättennummer, patient, prescriber',
  ),
  wallet: list('wallet, bitcoin, btc, ethereum, eth, crypto, litecoin, ltc, dogecoin, monero, xmr, send to'),
};

/**
 * Context words that programs use for other things as well: they support a value in a sentence or beside a strong checksum, never a
 * number in a log, and never a value whose checksum fails.
 */
export const LOOSE_WORDS: ReadonlySet<string> = new Set(
  list(`id, id number, idnumber, id no, idno, identifier, identification, identification number, identificationnumber, identity, resident, fin, ss, ssid, social,
    national, citizen, documento, epic, perso, pan, gst, inn, fiscal, rfc, nit, mva, moms, btw, pib, ird, kbo, iin, siret, siren, rut, nir, sin, perso, nie, egn, oib, brn, registration number, registrationnumber,
    call, calls, called, calling, dial, ring, contact, line number, linenumber, desk, number is, numberis, hotline, portable, mobile, cell, cel, sms, office,
    discover, charged, expires,
    account, acct, bank, transfer, wire, deposit, checking, savings, saving, swift, routing, konto, conta, conto, compte, cuenta,
    licence, license, dl, registration, vehicle, vehicles, car, position, location, long, lat, lon, lng, address, cap, cep,
    lives in, permit number, permis, vehicles, send to, crypto, patente, permis, targa`),
);

/** What streets are called, as a word of its own. */
export const STREET_WORDS: readonly string[] = list(
  'street, st, avenue, ave, road, rd, lane, ln, drive, dr, boulevard, blvd, court, ct, way, terrace, square, sq, place, pl, parkway, pkwy, highway, hwy, circle, cir, crescent, close, row, gardens, grove, hill, trail, mews, rue, chemin, allée, impasse, quai, cours, route, calle, c/, avenida, av, avda, plaza, paseo, via, viale, piazza, corso, rua, praça, travessa, ul, ulica',
);
