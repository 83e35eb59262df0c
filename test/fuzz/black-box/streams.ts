/** A value as a person would type it, and what a key or a column calls it. */
export interface BlackBoxValue {
  readonly text: string;
  readonly key: string;
  readonly label: string;
  /** Nothing but its key tells what it is. */
  readonly isKeyed?: boolean;
}

/** One string a write; null where the host is quiet for longer than anything is held back. */
export interface BlackBoxStream {
  readonly name: string;
  readonly cols?: number;
  readonly rows?: number;
  /** It begins in the clear before it is a value: judged by the last screen. */
  readonly isByScreen?: boolean;
  /** Only a value that tells itself can be told there. */
  readonly isUnnamed?: boolean;
  readonly writes: (value: BlackBoxValue) => readonly (string | null)[];
}

const value = (text: string, key: string, label: string, isKeyed = false): BlackBoxValue => ({
  text,
  key,
  label,
  isKeyed,
});

/** Synthetic: test numbers of the networks, reserved domains, checksums made by hand. */
export const BLACK_BOX_VALUES: readonly BlackBoxValue[] = [
  value('irina.petrova+shop@kunde-beispiel.de', 'email', 'e-mail'),
  value('5425 2334 3010 9903', 'card_number', 'card'),
  value('374245455400126', 'credit_card', 'card'),
  value('GB33BUKB20201555555555', 'iban', 'IBAN'),
  value('536-22-8741', 'ssn', 'SSN'),
  value('943 476 5919', 'nhs_number', 'NHS number'),
  value('529.982.247-25', 'cpf', 'CPF'),
  value('756.9217.0769.85', 'ahv_number', 'AHV-Nummer'),
  value('+44 7911 123456', 'phone', 'phone'),
  value('ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'github_token', 'token'),
  value('xoxb-263594206564-270123456789-FGqddMF8t08v8N7Oq4i57vs1', 'slack_token', 'token'),
  value('Hrdlk Vonnaq', 'last_name', 'last name', true),
  value('Kq7wTr0ub4dorX', 'password', 'password', true),
  value('1984-07-23', 'date_of_birth', 'date of birth', true),
];
