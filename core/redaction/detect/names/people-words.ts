function list(words: string): readonly string[] {
  return words
    .split(',')
    .map(word => word.trim())
    .filter(word => word !== '');
}

/** Behind these, a name follows: said of oneself or of others, in letters and in forms. */
export const NAME_PHRASES: readonly string[] = list(`
  maiden name is, full name is, last name is, first name is, surname is, call me, calls me, called me, last name, first name, your name, full name, maiden name, 
  i am called, signed by, yours truly, best wishes, kind regards, mit freundlichen grüßen, viele grüße, cordialement, je suis, ich bin, yo soy, soy, io sono, sono, ik ben, mijn naam is,
  meu nome é, eu sou, jmenuji se, jsem, a nevem, mit navn er, mitt namn är, mitt navn er, jeg heter, jeg hedder, nimeni on, numele meu este, benim adım`);

/** Small words within names; where they stand, the capitalised words of a name are not next to each other. */
export const NAME_PARTICLES: readonly string[] = list(
  'von, van, van der, van den, von der, de la, de las, de los, del, della, di, da, dos, de, du, bin, ibn, ter, af',
);

/**
 * Words of sentences about people, by kind: pronouns, what only people do, relatives, greetings, what people are to each other. They
 * are rare in what programs print.
 */
export const PEOPLE_WORDS: readonly string[] = list(`
  he, she, his, her, hers, him, himself, herself, my, mine, me, myself, i m, you, your, yours, we, our, ours, they, them, their, who, whom, whose,
  said, says, told, tells, asked, asks, replied, answered, shouted, whispered, explained, lives, lived, born, married, divorced, died, loves, loved, wrote, sings, sang, laughed, cried,
  mother, father, wife, husband, daughter, son, sister, brother, grandmother, grandfather, grandson, granddaughter, aunt, uncle, niece, nephew, cousin, baby, kid, kids, friend, friends,
  colleague, colleagues, boyfriend, girlfriend, neighbour, neighbor, man, woman, boy, girl, lady, gentleman, teenager, person, guy, mrs,
  hi, hello, dear, hey, thanks, regards, sincerely, employee, patient, customer, tenant, passenger, applicant, beneficiary, claimant, policyholder, cardholder, pensioner, nurse, teacher, doctor, professor, lawyer, singer, actor, actress, director,
  seine, ihre, mein, meine, frau, herr, sagte, mutter, vater, schwester, bruder, sohn, tochter,
  elle, dit, mère, père, frère, soeur, fils, fille, él, ella, dijo, madre, padre, hermano, hermana, hijo, hija, disse, fratello, sorella, figlio, figlia,
  mijn, zijn, haar, zei, moeder, vader, broer, zus, zoon, dochter`);
