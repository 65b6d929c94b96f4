// The names of countries in many languages, from Intl.DisplayNames, with names that it lacks and ISO codes.
// Knows no jurisdictions.

/** ISO 3166-1 alpha-2 and alpha-3 together, of states; Intl knows neither alpha-3 nor which regions are states. */
const codePairs = `
  ADAND AEARE AFAFG AGATG ALALB AMARM AOAGO ARARG ATAUT AUAUS AZAZE BABIH BBBRB BDBGD BEBEL BFBFA BGBGR BHBHR
  BIBDI BJBEN BNBRN BOBOL BRBRA BSBHS BTBTN BWBWA BYBLR BZBLZ CACAN CDCOD CFCAF CGCOG CHCHE CICIV CLCHL CMCMR
  CNCHN COCOL CRCRI CUCUB CVCPV CYCYP CZCZE DEDEU DJDJI DKDNK DMDMA DODOM DZDZA ECECU EEEST EGEGY ERERI ESESP
  ETETH FIFIN FJFJI FMFSM FRFRA GAGAB GBGBR GDGRD GEGEO GHGHA GMGMB GNGIN GQGNQ GRGRC GTGTM GWGNB GYGUY HNHND
  HRHRV HTHTI HUHUN IDIDN IEIRL ILISR ININD IQIRQ IRIRN ISISL ITITA JMJAM JOJOR JPJPN KEKEN KGKGZ KHKHM KIKIR
  KMCOM KNKNA KPPRK KRKOR KWKWT KZKAZ LALAO LBLBN LCLCA LILIE LKLKA LRLBR LSLSO LTLTU LULUX LVLVA LYLBY MAMAR
  MCMCO MDMDA MEMNE MGMDG MHMHL MKMKD MLMLI MMMMR MNMNG MRMRT MTMLT MUMUS MVMDV MWMWI MXMEX MYMYS MZMOZ NANAM
  NENER NGNGA NINIC NLNLD NONOR NPNPL NRNRU NZNZL OMOMN PAPAN PEPER PGPNG PHPHL PKPAK PLPOL PSPSE PTPRT PWPLW
  PYPRY QAQAT ROROU RSSRB RURUS RWRWA SASAU SBSLB SCSYC SDSDN SESWE SGSGP SISVN SKSVK SLSLE SMSMR SNSEN SOSOM
  SRSUR SSSSD STSTP SVSLV SYSYR SZSWZ TDTCD TGTGO THTHA TJTJK TLTLS TMTKM TNTUN TOTON TRTUR TTTTO TVTUV TWTWN
  TZTZA UAUKR UGUGA USUSA UYURY UZUZB VAVAT VCVCT VEVEN VNVNM VUVUT WSWSM XKXKX YEYEM ZAZAF ZMZMB ZWZWE
`

/** Alpha-3 by alpha-2. */
export const countryCodes: ReadonlyMap<string, string> = new Map(
  codePairs
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 2), pair.slice(2)]),
)

/** Those of members and of international organisations, and others that many speak. */
export const nameLanguages = (
  'en es fr pt de it nl ca gl eu ro sv da nb fi et lv lt pl cs sk sl hr bs sr sr-Latn mk bg sq el hu tr az ka hy uk ' +
  'ru kk ky mn ar he fa ur ps hi bn ta si ne th my vi id ms fil sw am ha af ko ja zh zh-Hant mt'
).split(' ')

/** Names in other languages that are ordinary words in these: "island" is Iceland in German. */
const ordinaryWords = new Set([
  'fas',
  'indi',
  'indie',
  'island',
  'nga',
  'pole',
  'rusi',
  'sin',
  'siri',
  'swiss',
  'tai',
  'viro',
])

/** What people call countries besides their names in Unicode's CLDR: former, short and official names. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'Emirates'],
  BA: ['Bosnia and Herzegovina', 'Bosnia', 'BiH', 'Bosnia y Herzegovina', 'Bosnie'],
  BO: ['Plurinational State of Bolivia'],
  BN: ['Brunei Darussalam'],
  CD: [
    'DRC',
    'DR Congo',
    'Democratic Republic of the Congo',
    'Democratic Republic of Congo',
    'Congo Kinshasa',
    'RDC',
  ],
  CG: ['Republic of the Congo', 'Republic of Congo', 'Congo Brazzaville'],
  CI: ['Ivory Coast', 'Cote dIvoire'],
  CV: ['Cabo Verde', 'Cape Verde', 'Kap Verde', 'Cap Vert'],
  CZ: ['Czech Republic', 'Czechia'],
  FM: ['Micronesia'],
  GB: ['UK', 'United Kingdom', 'Great Britain', 'Britain'],
  GM: ['The Gambia'],
  IR: ['Islamic Republic of Iran'],
  KG: ['Kyrgyz Republic'],
  KP: ['Democratic Peoples Republic of Korea', 'DPRK'],
  KR: ['Republic of Korea', 'Korea Republic', 'ROK'],
  LA: ['Lao PDR'],
  MD: ['Republic of Moldova'],
  MK: ['Macedonia', 'FYROM'],
  MM: ['Burma', 'Myanmar'],
  NL: ['Holland', 'Nederland'],
  PS: ['Palestine', 'State of Palestine', 'Palestina'],
  RU: ['Russian Federation'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TL: ['East Timor', 'Timor Leste', 'Timor Oriental'],
  TR: ['Turkey', 'Turkiye'],
  TZ: ['United Republic of Tanzania'],
  US: ['USA', 'United States of America', 'EEUU', 'EUA'],
  VA: ['Holy See'],
  VE: ['Bolivarian Republic of Venezuela'],
  VN: ['Viet Nam'],
  XK: ['Kosova'],
}

/** Names that several countries share: alone they name none of them. */
export const sharedNames: ReadonlyMap<string, readonly string[]> = new Map(
  [
    { names: ['Guinea', 'Guinee', 'Guine'], codes: ['GN', 'GW', 'GQ'] },
    { names: ['Korea', 'Corea', 'Coree', 'Coreia'], codes: ['KR', 'KP'] },
    { names: ['Congo', 'Kongo'], codes: ['CD', 'CG'] },
  ].flatMap(({ names, codes }) => names.map((name) => [name, codes] as const)),
)

export type CountryName = {
  readonly text: string
  readonly code: string
  readonly isCommon: boolean
}

/** Those that misspelt names are expected in. */
const commonLanguages: ReadonlySet<string> = new Set(['en', 'es', 'fr', 'pt'])

let names: readonly CountryName[] | undefined

/** Each name of a country once. Read once, because Intl loads each language's data for it. */
export function allCountryNames(): readonly CountryName[] {
  names ??= readNames()
  return names
}

function readNames(): CountryName[] {
  const displays = nameLanguages.map((language) => ({
    language,
    display: new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }),
  }))
  return [...countryCodes.keys()].flatMap((code) => namesOf(code, displays))
}

type Display = { readonly language: string; readonly display: Intl.DisplayNames }

function namesOf(code: string, displays: readonly Display[]): CountryName[] {
  const isCommonByText = new Map((otherNames[code] ?? []).map((text) => [text, true]))
  for (const { language, display } of displays) {
    const name = display.of(code) ?? ''
    // "Myanmar (Burma)" has three names.
    for (const text of name.includes('(') ? [name, ...name.split(/\s*[()]\s*/u)] : [name]) {
      const isCommon = commonLanguages.has(language) || isCommonByText.get(text) === true
      if (text !== '' && !ordinaryWords.has(text.toLowerCase())) isCommonByText.set(text, isCommon)
    }
  }
  return [...isCommonByText].map(([text, isCommon]) => ({ text, code, isCommon }))
}
