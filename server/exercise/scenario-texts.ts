import type { AlertCategory, Channel, Priority } from '../../shared/model/alert-lists.ts';
import type { AlertIn } from '../../shared/model/alert.ts';

/**
 * What the invented people of the island report. Nobody is named, no community, no army and no armed group of this
 * world; sources stay out of the text, and a report of sexual violence says that there is one and nothing more.
 * `{place}` is the place of the alert, `{near}` another one near by.
 */
export interface AlertText {
  readonly category: AlertCategory;
  readonly priority: Priority;
  readonly channels: readonly Channel[];
  readonly text: string;
  readonly restricted?: AlertIn['restricted'];
}

const sms: readonly Channel[] = ['sms', 'call'];
const spoken: readonly Channel[] = ['call', 'radio', 'liaison'];

export const alertTexts: readonly AlertText[] = [
  {
    category: 'attack-in-progress',
    priority: 'P1',
    channels: sms,
    text: 'They are shooting at the edge of {place}. Houses burn on the {near} side. People run to the school. Please come now.',
  },
  {
    category: 'attack-in-progress',
    priority: 'P1',
    channels: sms,
    text: 'On tire à {place} depuis la tombée de la nuit. Des maisons brûlent. Les gens fuient vers {near}.',
  },
  {
    category: 'imminent-attack',
    priority: 'P1',
    channels: spoken,
    text: 'Armed men on motorbikes seen between {near} and {place}, about twenty. They told herders that they will be in {place} before morning.',
  },
  {
    category: 'imminent-attack',
    priority: 'P1',
    channels: spoken,
    text: 'Une lettre laissée au marché de {place} annonce une attaque cette nuit. Les femmes et les enfants partent déjà vers {near}.',
  },
  {
    category: 'armed-group-movement',
    priority: 'P2',
    channels: ['liaison', 'radio'],
    text: 'About thirty armed men crossed the road to {near} at dusk and camp in the trees south of {place}. No violence so far. Families prepare to leave.',
  },
  {
    category: 'armed-group-movement',
    priority: 'P2',
    channels: ['liaison', 'call'],
    text: 'Un groupe armé, une quarantaine d’hommes à pied, se dirige de {near} vers {place}. Le marché de demain est menacé.',
  },
  {
    category: 'cattle-raid',
    priority: 'P3',
    channels: ['radio', 'liaison'],
    text: 'Cattle taken from the camp near {place}, some sixty head, driven towards {near}. No one hurt. Young men gather to follow the tracks; elders ask for talks.',
  },
  {
    category: 'cattle-raid',
    priority: 'P2',
    channels: ['radio', 'call'],
    text: 'Vol de bétail près de {place}. Deux gardiens blessés. Des jeunes se rassemblent pour se venger à {near}.',
  },
  {
    category: 'intercommunal-tension',
    priority: 'P3',
    channels: ['liaison', 'walk-in'],
    text: 'Dispute over the well between {place} and {near}. Sticks and stones today, a meeting is called for tomorrow. A mediator is asked for.',
  },
  {
    category: 'intercommunal-tension',
    priority: 'P3',
    channels: ['liaison', 'partner'],
    text: 'Tension à {place} après un enterrement. Des jeunes de {near} sont attendus. Les chefs demandent une présence au marché.',
  },
  {
    category: 'displacement',
    priority: 'P3',
    channels: ['partner', 'patrol'],
    text: 'About 140 people on foot from {near}, mostly women and children, resting at {place}. They need water and a place for the night.',
  },
  {
    category: 'displacement',
    priority: 'P3',
    channels: ['partner', 'liaison'],
    text: 'Arrivée de familles déplacées à {place}, environ 60 ménages, venues de {near}. Abri et eau demandés.',
  },
  {
    category: 'abduction',
    priority: 'P2',
    channels: ['call', 'liaison'],
    text: 'Two persons taken on the path from {place} to {near} this afternoon. The families ask that the road be watched tonight.',
  },
  {
    category: 'abduction',
    priority: 'P2',
    channels: sms,
    text: 'Trois personnes emmenées au champ, près de {place}. Direction {near}. Le village a peur de la nuit.',
  },
  {
    category: 'looting',
    priority: 'P3',
    channels: ['sms', 'radio'],
    text: 'Shops opened by force in {place} last night, the clinic as well. The men left towards {near} before dawn.',
  },
  {
    category: 'illegal-checkpoint',
    priority: 'P3',
    channels: ['patrol', 'radio'],
    text: 'Rope across the road between {place} and {near}. Four men with rifles ask for money from every vehicle. Traffic turns back.',
  },
  {
    category: 'illegal-checkpoint',
    priority: 'P3',
    channels: ['partner', 'call'],
    text: 'Barrage illégal à la sortie de {place}. Les commerçants paient pour passer vers {near}.',
  },
  {
    category: 'mob-violence',
    priority: 'P2',
    channels: ['call', 'radio'],
    text: 'A crowd gathers at the police post of {place}. Stones thrown. They hold a man whom they accuse of theft.',
  },
  {
    category: 'site-security',
    priority: 'P2',
    channels: ['radio', 'patrol'],
    text: 'Shots heard outside the fence of the site near {place}. People move to the inner gate. Lights are out on the {near} side.',
  },
  {
    category: 'explosive-hazard',
    priority: 'P3',
    channels: ['patrol', 'liaison'],
    text: 'Metal object half buried beside the road at {place}, in front of the school. Children kept away by the teacher. Marked with branches.',
  },
  {
    category: 'movement-restriction',
    priority: 'P3',
    channels: ['patrol', 'radio'],
    text: 'Patrol stopped before {place}, told that the bridge to {near} is closed. No paper shown. Waiting at the barrier.',
  },
  {
    category: 'attack-on-un',
    priority: 'P1',
    channels: ['radio'],
    text: 'Convoy under small-arms fire two kilometres short of {place}. No casualties. Vehicles moved back towards {near}.',
  },
  {
    category: 'killing',
    priority: 'P2',
    channels: ['call', 'liaison'],
    text: 'One person found dead on the field path at {place}. The burial is tomorrow. Relatives speak of {near}; elders fear revenge.',
  },
  {
    category: 'hate-speech',
    priority: 'P3',
    channels: ['media', 'partner'],
    text: 'A recorded voice message passed from phone to phone in {place} calls people to chase their neighbours of {near} away.',
  },
  {
    category: 'natural-hazard',
    priority: 'P4',
    channels: ['sms', 'partner'],
    text: 'The river is over the ford at {place}. Nobody can cross to {near}. Two huts gone, no one missing.',
  },
  {
    category: 'natural-hazard',
    priority: 'P4',
    channels: ['sms', 'partner'],
    text: 'La rivière déborde à {place}. Le gué vers {near} est fermé. Pas de disparus.',
  },
  {
    category: 'returnee',
    priority: 'P4',
    channels: ['liaison', 'walk-in'],
    text: 'Eleven persons who had fled last month came back to {place} by way of {near} and ask for escort to their fields.',
  },
  {
    category: 'other',
    priority: 'P4',
    channels: ['missed-call', 'sms'],
    text: 'No market in {place} today, nobody says why. The people of {near} stay at home as well.',
  },
];

export const restrictedText: AlertText = {
  category: 'crsv',
  priority: 'P2',
  channels: ['liaison'],
  restricted: 'crsv',
  text: 'Referral asked for at {place}. Particulars by the protected channel only. Do not interview, do not go to the house.',
};

/** Comes without a place: finding out where is the first thing that somebody must do. */
export const placelessText: AlertText = {
  category: 'imminent-attack',
  priority: 'P2',
  channels: ['sms'],
  text: 'Ils arrivent ce soir, prévenez quelqu’un. On est près de la rivière, après le grand arbre. Pas de réseau ici.',
};

/** The text of one category, the first where there are several: for the opening, which is the same every time. */
export function textOf(category: AlertCategory): AlertText {
  const found = alertTexts.find((text) => text.category === category);
  if (!found) throw new RangeError(`there is no text for ${category}`);
  return found;
}
