import type { WordTable } from './word-table.ts';

/** Swahili of eastern Congo. Verbs carry person and time in front of the root, so roots are looked for inside. */
export const swahili: WordTable = {
  language: 'sw',
  senses: {
    // attack (root shambulia), invade (vamia), fight (pigana), war
    attack: ['*shambuli*', '*vamia*', '*vamiwa*', 'uvamizi', '*pigana*', 'mapigano', 'vita', '*shambulizi*'],
    // bullets, they shoot, they burn, house is burning, gunshots
    'attack-in-progress': [
      'risasi',
      'masasi',
      'wanapiga risasi',
      '*chomwa*',
      '*choma nyumba*',
      'wanachoma',
      'wamechoma',
      'milio ya risasi',
      'mulio',
      'nyumba zinaungua',
      '*ungua*',
    ],
    // they want to attack, they threaten, threats
    'imminent-attack': [
      'wanataka kushambulia',
      'wanapanga',
      '*tishia*',
      'vitisho',
      'watakuja kutuua',
      'wanakuja kutuua',
      'wanataka kutuua',
    ],
    // rebels, armed (people), gunmen, fighters, militia
    'armed-group-movement': [
      'waasi',
      'muasi',
      'wenye silaha',
      'silaha',
      'watu wenye silaha',
      'wanamgambo',
      'bunduki',
      'mai mai',
      'maimai',
      'adf',
      'codeco',
      'm23',
      'wapiganaji',
      'nalu',
      'interahamwe',
      'askari wasiojulikana',
    ],
    // kill, was killed, dead, bodies, slaughter
    killing: [
      'wameua',
      'waliua',
      'wanaua',
      'kuua',
      'ameua',
      '*uawa*',
      '*uliwa*',
      'ameuliwa',
      'wamekufa',
      'amekufa',
      'walikufa',
      'maiti',
      'mauaji',
      'wafu',
      'wamechinja',
      '*chinjwa*',
      'vifo',
      'marehemu',
    ],
    // abduct (teka, teka nyara), hostages, taken by force, carried off
    abduction: [
      '*tekwa*',
      'wameteka',
      'waliteka',
      'wanateka',
      'utekaji',
      'nyara',
      'mateka',
      'wamechukua watu',
      'wamebeba watu',
      'wamepelekwa porini',
      'amepotea',
      'wamepotea',
    ],
    // rape (root baka), women forced, sexual violence
    crsv: [
      'ubakaji',
      '*bakwa*',
      'wamebaka',
      'walibaka',
      'wanabaka',
      'kubaka',
      'wamembaka',
      'walimbaka',
      'alimbaka',
      'kunajisi',
      '*najisi*',
      'ukatili wa kijinsia',
      'kwa nguvu wanawake',
      'wamelala na wanawake kwa nguvu',
    ],
    // steal (iba), loot (pora), thieves, robbers
    looting: [
      'wameiba',
      'waliiba',
      'wanaiba',
      'wizi',
      'wezi',
      'mwizi',
      '*pora*',
      '*porwa*',
      'majambazi',
      'jambazi',
      'wanyang*',
      '*nyanganya*',
      'pillage',
    ],
    // cows, cattle, goats
    'cattle-raid': ['ngombe', 'mifugo', 'mbuzi', 'ngombe wameibiwa'],
    // tension, tribes, land conflict, revenge, herders
    'intercommunal-tension': [
      'mvutano',
      'kabila',
      'makabila',
      'ukabila',
      'wafugaji',
      'wakulima',
      'kisasi',
      'kulipiza',
      'ugomvi wa mashamba',
    ],
    // flee (kimbia), refugees, displaced, hide in the bush
    displacement: ['*kimbia*', 'wakimbizi', 'wahamiaji', 'wanahama', 'wamehama', 'wamejificha', 'porini'],
    // camp of the displaced
    'site-security': ['kambi ya wakimbizi', 'kambi', 'site ya wakimbizi'],
    // roadblock, barrier, they make people pay on the road
    'illegal-checkpoint': [
      'kizuizi',
      'vizuizi',
      'barriere',
      'barabara imefungwa',
      'wanalipisha',
      'wamefunga njia',
      'wamefunga barabara',
    ],
    // recruit by force, child soldiers
    'forced-recruitment': [
      'kusajili kwa nguvu',
      'watoto askari',
      'kuingiza jeshini',
      'wamesajili',
      'kuandikisha jeshi',
    ],
    // mob, burnt by the people, demonstration, stones
    'mob-violence': ['haki ya umati', 'umati', 'maandamano', 'waandamanaji', 'wananchi wenye hasira', 'mawe'],
    // hate, incitement
    'hate-speech': ['chuki', 'uchochezi', 'wanachochea', 'maneno ya chuki'],
    // bomb, grenade, landmine
    'explosive-hazard': ['bomu', 'mabomu', 'guruneti', 'grenade', 'mlipuko', 'bomu la ardhini', 'kilipuzi'],
    // encircled, forbidden to pass
    'movement-restriction': [
      'wamezunguka',
      'tumezungukwa',
      '*zungukwa*',
      'hatuwezi kutoka',
      'wamezuia',
      'wanazuia',
    ],
    // UN vehicle
    'attack-on-un': ['gari la monusco', 'gari la un', 'monusco wameshambuliwa'],
    // arrested, prison
    arrest: ['*kamatwa*', 'wamekamata', 'walikamata', 'wanakamata', 'gerezani', 'wamefungwa'],
    // they came back
    returnee: ['wamerudi', 'wanarudi', 'waliorudi'],
    // floods, landslide, earthquake, volcano, cholera
    'natural-hazard': [
      'mafuriko',
      'maporomoko',
      'tetemeko',
      'volkano',
      'kipindupindu',
      'ebola',
      'mvua kubwa',
    ],
    // now, right now, they are here, have entered
    now: [
      'sasa',
      'sasa hivi',
      'hivi sasa',
      'muda huu',
      'wako hapa',
      'wameingia',
      'wamefika',
      'bado wako',
      'wanaingia',
    ],
    // tomorrow, they come, they approach, tonight, they will come
    soon: [
      'kesho',
      'wanakuja',
      'wanakaribia',
      'wanaelekea',
      'watakuja',
      'usiku huu',
      'karibu kufika',
      'njiani',
    ],
    // yesterday, last night, last week, this morning, the day before
    past: ['jana', 'juzi', 'usiku wa jana', 'wiki iliyopita', 'asubuhi', 'zamani', 'siku zilizopita'],
    // help, help us, quickly, save us, urgent
    help: ['msaada', '*saidia*', 'tusaidieni', 'haraka', '*okoa*', 'dharura', 'tunaomba', 'upesi', 'mbio'],
    // there is none, not
    not: ['hakuna', 'sio', 'si', 'hapana', 'bila', 'hatujaona'],
    // child, children, girl(s), boy(s), pupils
    child: [
      'mtoto',
      'watoto',
      'msichana',
      'wasichana',
      'mvulana',
      'wavulana',
      'mwanafunzi',
      'wanafunzi',
      'binti',
    ],
    men: ['watu wenye silaha', 'wanaume', 'waasi', 'wapiganaji', 'askari', 'majambazi', 'silaha'],
    dead: ['wamekufa', 'wafu', 'maiti', 'wameuawa', 'vifo', 'waliuawa', 'wamekufa'],
    abducted: ['wametekwa', 'mateka', 'walitekwa', 'wametekwa nyara'],
    wounded: ['wamejeruhiwa', 'majeruhi', 'waliojeruhiwa'],
    // in, at, village, there, near
    at: [
      'katika',
      'kwenye',
      'kijiji',
      'kijijini',
      'huko',
      'hapa',
      'pale',
      'karibu na',
      'mji',
      'mtaa',
      'kule',
      'ya',
      'cha',
    ],
    // from, to
    from: ['kutoka', 'kuelekea', 'toka', 'kupitia'],
  },
  common:
    'na ya wa la za kwa ni katika kwenye hii hiyo huyu wale hawa sisi nyinyi wao mimi wewe yeye watu mtu wanaume wanawake mwanamke leo usiku asubuhi jioni siku mchana barabara nyumba soko kanisa shule hospitali daraja mto msitu shamba maji hapa huko pale sana wote wengi moja mbili tatu jambo habari chifu polisi jeshi askari tafadhali kuja njoo tuko tuna niko iko kuna kijiji kijijini yetu yao yangu wetu lakini kama kwamba ndio bado tena pia vijana mama baba kubwa ndogo mpya amani mungu uhuru mlima saba nane tisa kumi mingi wengine njia cha vya huku kule tangu hadi mpaka ile wameonekana onekana',
  numbers: ['mmoja', 'wawili', 'watatu', 'wanne', 'watano', 'sita', 'saba', 'wanane', 'tisa', 'kumi'],
};
