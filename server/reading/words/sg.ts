import type { WordTable } from './word-table.ts';

/** Sango, written mostly without the tone marks: `bira` is war, `biri` yesterday. */
export const sango: WordTable = {
  language: 'sg',
  senses: {
    // they make war, war, they fight, they came upon us
    attack: [
      'ala sara bira',
      'sara bira',
      'bira',
      'abira',
      'ala yeke tiri',
      'tiri',
      'ala tiri',
      'ala kinda',
      'ala gi bira',
      'ala tiri na e',
    ],
    // they shoot (hit guns), bullets, they burn houses
    'attack-in-progress': [
      'ala pika ngombe',
      'pika ngombe',
      'apika ngombe',
      'toto ti ngombe',
      'ala yeke pika',
      'ala zo da',
      'ala gbi da',
      'ala gbi ada',
      'gbi da',
      'ada agbi',
      'da agbi',
      'wa na da',
    ],
    // they want to kill us, they want war
    'imminent-attack': ['ala ye ti fa', 'ala ye ti sara bira', 'ala ye ti tiri', 'ala ga ti fa'],
    // people with guns, people of war, rebels, names of groups
    'armed-group-movement': [
      'azo ti ngombe',
      'zo ti ngombe',
      'azo ti bira',
      'zo ti bira',
      'arebelle',
      'rebelle*',
      'seleka',
      'aseleka',
      'balaka',
      'abalaka',
      'anti balaka',
      'ngombe',
      'angombe',
      'upc',
      '3r',
      'cpc',
      'azaraguina',
      'zaraguina',
      'aturugu ti gbako',
    ],
    // they killed people, to kill, is dead, bodies
    killing: [
      'ala fa',
      'fa azo',
      'fa zo',
      'ala fa zo',
      'ala fa azo',
      'afa zo',
      'afa azo',
      'akui',
      'kui',
      'kuinzi',
      'akuinzi',
      'kuma',
      'azo akui',
    ],
    // they seized people, took them to the bush
    abduction: [
      'ala gbu zo',
      'ala gbu azo',
      'gbu azo',
      'gbu zo',
      'ala gue na azo',
      'ala mu azo',
      'ala gue na zo na gbako',
      'ala kanga zo',
    ],
    // they took women by force, rape
    crsv: [
      'gbu wali na ngangu',
      'ala gbu awali na ngangu',
      'awali na ngangu',
      'lango na wali na ngangu',
      'viole',
      'viol',
      'na ngangu na wali',
      'lango na ala na ngangu',
      'abuba awali',
      'buba awali',
      'buba wali',
    ],
    // they stole, thieves
    looting: ['ala nzi', 'nzi', 'anzi', 'zo ti nzi', 'azo ti nzi', 'ala mu akungba', 'ala gboto ye'],
    // cattle, herders' cattle
    'cattle-raid': ['bagara', 'abagara', 'nzi bagara', 'angasa', 'ngasa'],
    // herders, quarrel, tribe
    'intercommunal-tension': [
      'ambarara',
      'mbarara',
      'papa',
      'apapa',
      'mara',
      'kota tene',
      'lege ti kodoro akanga ngangu',
    ],
    // people flee, into the bush
    displacement: ['azo akpe', 'akpe', 'kpe', 'ala kpe', 'e kpe', 'azo ti kpengo', 'na gbako', 'gbako'],
    // camp of the displaced
    'site-security': ['site ti azo ti kpengo', 'camp ti azo ti kpengo'],
    // barrier, they closed the road, they make pay
    'illegal-checkpoint': [
      'barriere*',
      'ala kanga lege',
      'kanga lege',
      'lege akanga',
      'ala hunda nginza na lege',
      'ala gi nginza na lege',
    ],
    // children into war
    'forced-recruitment': [
      'amolenge ti bira',
      'ala mu amolenge ti bira',
      'amolenge turugu',
      'mu amolenge na bira',
    ],
    // mine, bomb, grenade
    'explosive-hazard': ['bombe', 'abombe', 'grenade', 'mine', 'mines', 'ye ti sunngo'],
    // encircled, may not pass
    'movement-restriction': ['ala kanga e', 'ala ngoro e', 'ala ngoro kodoro', 'ngoro'],
    // arrested, prison
    arrest: ['ala kanga lo', 'da ti kanga', 'kanga lo'],
    // they came back
    returnee: ['ala kiri', 'azo akiri', 'kiri na kodoro'],
    // flood, much rain, water entered
    'natural-hazard': ['ngu akoti', 'ngu amu', 'kota ngu', 'pupu ngangu', 'cholera'],
    // now, right now, are here, have entered
    now: [
      'fadeso',
      'fade so',
      'laso',
      'la so',
      'ala ke ge',
      'ala yeke ge',
      'ala li',
      'ala lï',
      'ala si awe',
      'ala si',
    ],
    // tomorrow, they are coming, this night
    soon: ['kekereke', 'ala yeke ga', 'ala ke ga', 'ala ga', 'fade ala', 'na bi so', 'ande'],
    // yesterday, before
    past: ['biri', 'biri so', 'bieri', 'dimanche so ahon', 'ayenga so ahon', 'ahon awe'],
    // help, help us, quickly
    help: [
      'mu maboko',
      'maboko',
      'i mu maboko',
      'hio',
      'hio hio',
      'i ga hio',
      'sava e',
      'bata e',
      'zia ala ga',
    ],
    not: ['oko ape'],
    // not, behind the verb
    'not-behind': ['ape', 'pepe', 'pape', 'pe'],
    // child, children, girls
    child: ['molenge', 'amolenge', 'molenge ti wali', 'amolenge ti wali', 'amaseka', 'maseka'],
    men: ['azo ti ngombe', 'zo ti ngombe', 'akoli', 'koli', 'azo ti bira', 'aturugu'],
    dead: ['akui', 'kui', 'akuinzi', 'kuinzi', 'azo akui'],
    abducted: ['gbu azo', 'gbu zo'],
    wounded: ['aka', 'awara ka', 'ka'],
    // at, village, near
    at: ['na', 'kodoro', 'kodro', 'na kodoro', 'na kodro', 'ndo ti', 'tere ti', 'ge na', 'ti'],
    // from
    from: ['alondo', 'londo na', 'ague na'],
  },
  common:
    'ayeke ayek na ti so mo mbi lo e i ala ni ape pepe la wa yeke ke kodoro kodro zo azo koli wali awali mama baba laso bi lando da ada lege gala nganga ngu gozo yaka gbako hio mingi kota kete fini balao bara singila tere tene sara ga gue duti nga me tongana ngbanga nzoni siriri nzapa oko use ota osio oku omene mbasambara miombe gumbaya bale kwa turugu',
  numbers: ['oko', 'use', 'ota', 'osio', 'oku', 'omene', 'mbasambala', 'miombe', 'ngombaya', 'bale oko'],
};
