import type { WordTable } from './word-table.ts';

export const lingala: WordTable = {
  language: 'ln',
  senses: {
    // they fight, they attack, war, fights
    attack: [
      'bazobunda',
      'bazali kobunda',
      'babundi',
      'bazobundisa',
      'kobundisa',
      'etumba',
      'bitumba',
      'bazokota na makasi',
      'bakoti na makasi',
      'bazoattaquer',
      'baattaquer',
      '*attaqu*',
      'bayei kobundisa',
    ],
    // bullets, they shoot (beat bullets), they burn the houses
    'attack-in-progress': [
      'masasi',
      'bazobeta masasi',
      'babeti masasi',
      'bazobeta',
      'bazotumba',
      'batumbi',
      'batumbi bandako',
      'kotumba bandako',
      'bazobwaka masasi',
      'kobeta masasi',
    ],
    // they want to kill us, they threaten
    'imminent-attack': [
      'balingi koboma',
      'balingi kobundisa',
      'bazoya koboma',
      'bakoya koboma',
      'bazomenacer',
      'bazokanela',
    ],
    // rebels, people with guns, guns, strangers with weapons
    'armed-group-movement': [
      'rebelle*',
      'barebelle*',
      'batomboki',
      'mibunduki',
      'mindoki',
      'bato ya minduki',
      'minduki',
      'mondoki',
      'bibunduki',
      'milice*',
      'basoda ya zamba',
      'mai mai',
      'mobondo',
      'bato ya mabe na minduki',
    ],
    // they killed, to kill, are dead, bodies
    killing: [
      'babomi',
      'bazoboma',
      'koboma',
      'abomi',
      'babomaki',
      'bakufi',
      'akufi',
      'bakufaki',
      'bawei',
      'bibembe',
      'ebembe',
      'babomami',
      'liwa',
      'bakatakata',
    ],
    // they took people away, they seized people, hostages, lost
    abduction: [
      'bamemi bato',
      'bakei na bato',
      'bakamati bato',
      'bazwi bato',
      'babotoli bato',
      'bakangi bato na zamba',
      'bakimi na bato',
      'babungi',
      'baotages',
      'bakidnapper',
    ],
    // rape: force a woman, by force with women
    crsv: [
      'baviole',
      'bavioler',
      'viol',
      'kobebisa basi',
      'babebisi basi',
      'babebisi mwasi',
      'na makasi na basi',
      'basangisi na makasi',
      'bazoviole',
      'bangala basi',
      'bakangi basi na makasi',
    ],
    // they stole, thief, thieves, they robbed
    looting: [
      'bayibi',
      'bazoyiba',
      'moyibi',
      'miyibi',
      'koyiba',
      'bayibaki',
      'babotoli biloko',
      'bapilli',
      'bazopille',
      'bapunzi',
      'kobotola',
    ],
    // cows, cattle, goats
    'cattle-raid': ['bangombe', 'bantaba', 'ngombe bayibi', 'bibwele'],
    // quarrel, tribes, conflict over land
    'intercommunal-tension': [
      'bikabo',
      'koswana',
      'matata',
      'kobundana',
      'bikolo',
      'likambo ya mabele',
      'teke na yaka',
    ],
    // they flee, refugees, hide in the forest
    displacement: [
      'bazokima',
      'bakimi',
      'kokima',
      'bakimaki',
      'bato ya kokima',
      'babombami',
      'bakoti na zamba',
    ],
    // barrier on the road, they ask money
    'illegal-checkpoint': ['barriere*', 'bakangi nzela', 'bazosenga mbongo na nzela', 'bazofutisa'],
    // they make children soldiers, enrol by force
    'forced-recruitment': [
      'bakotisi bana na basoda',
      'bana basoda',
      'bazokotisa bana',
      'bakotisi bato na makasi na bosoda',
    ],
    // crowd, demonstration
    'mob-violence': ['bato ebele na kanda', 'manifestation', 'bazobwaka mabanga', 'mabanga'],
    // hate words
    'hate-speech': ['maloba ya koyina', 'koyina'],
    // bomb, mine, grenade
    'explosive-hazard': ['bombe', 'bombo', 'babombe', 'grenade', 'mine'],
    // surrounded, they forbid to pass
    'movement-restriction': ['bazingi biso', 'bazingi mboka', 'bapekisi', 'bazopekisa'],
    // they arrested, prison
    arrest: ['bakangi ye', 'bakangami', 'bakangi', 'boloko'],
    // they have come back
    returnee: ['bazongi', 'bazozonga'],
    // flood, much rain, water filled
    'natural-hazard': ['mpela', 'mbula makasi', 'mai etondi', 'mai ekoti', 'cholera', 'ebola'],
    // now, right now, they are here, have entered
    now: [
      'sikoyo',
      'sikawa',
      'sik oyo',
      'kaka sikoyo',
      'bazali awa',
      'bakoti',
      'bakomi',
      'tango oyo',
      'sasaipi',
    ],
    // they come, they will come, they approach, this night
    soon: ['bazoya', 'bakoya', 'bazopusana', 'bapusani', 'na butu oyo', 'lobi na tongo', 'na nzela'],
    // yesterday (lobi is tomorrow too: what is over is likelier to be told), last week
    past: ['lobi eleki', 'lobi', 'mposo eleki', 'butu eleki', 'na tongo', 'kala'],
    // help, save us, quickly
    help: [
      'lisungi',
      'lisalisi',
      'sunga',
      'sunga biso',
      'sungeni',
      'salisa',
      'salisa biso',
      'bosalisa',
      'bobikisa',
      'noki',
      'noki noki',
      'bikisa',
      'boya noki',
    ],
    // there is none
    not: ['ezali te', 'soki te'],
    // not, behind the verb
    'not-behind': ['te'],
    // child, children, girl
    child: ['mwana', 'bana', 'mwana mwasi', 'bana basi', 'bilenge', 'bana ya kelasi'],
    men: ['bato ya minduki', 'mibali', 'barebelle', 'batomboki', 'basoda'],
    dead: ['bakufi', 'babomi', 'bibembe', 'bawei'],
    abducted: ['bakamati', 'bamemi', 'babotoli bato'],
    wounded: ['bazoki', 'bazokisami'],
    // at, in, village, here
    at: ['na', 'mboka', 'na mboka', 'awa na', 'pene na', 'pembeni ya', 'ya'],
    // come from, towards
    from: ['bauti', 'longwa', 'kino', 'bazokende'],
  },
  common:
    'na ya te po mpe to soki oyo wana nini nani wapi awa kuna biso bino bango nga yo ye ba bato moto mwasi mobali basi mibali mama papa lelo butu mokolo tongo mpokwa nzela ndako bandako mboka zando losambo kelasi lopitalo ebale zamba elanga mai mingi ebele mbote chef polisi basoda soda bazali azali nazali tozali ezali kaka lokola kasi mpenza mpo boye moke monene sika kala nzambe boboto bolingo moko mibale misato minei mitano motoba sambo mwambe libwa zomi',
  numbers: ['moko', 'mibale', 'misato', 'minei', 'mitano', 'motoba', 'sambo', 'mwambe', 'libwa', 'zomi'],
};
