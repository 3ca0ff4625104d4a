import {
  idText,
  inPath,
  inQuery,
  json,
  operation,
  ref,
  text,
  time,
  type Answer,
  type Paths,
} from './openapi-shape.ts';
import { changeId, fieldFailures, language, may } from './openapi-watch.ts';

const answer = (name: string, description: string): Answer => ({ description, content: json(ref(name)) });
const list = (name: string, of: string, description: string): Answer => ({
  description,
  content: json({
    type: 'object',
    properties: { [name]: { type: 'array', items: ref(of) } },
    required: [name],
  }),
});
const handoverId = inPath('id', 'the handover');
const rumourId = inPath('id', 'the rumour');

/** Handovers, rumours, crises, impact, paper. */
export const shiftPaths: Paths = {
  '/api/handover/draft': {
    get: operation({
      id: 'getHandoverDraft',
      tag: 'Watch',
      summary: 'The brief as it would be signed now',
      description: `${may('hand-over')} With what the caller has not seen since it last handed over.`,
      parameters: [language],
      answers: { 200: answer('Handover', 'the draft') },
      failures: ['role-not-allowed', 'field-invalid'],
    }),
  },
  '/api/handover': {
    get: operation({
      id: 'getHandovers',
      tag: 'Watch',
      summary: 'The last fifty handovers, newest first',
      description: may('hand-over'),
      parameters: [language],
      answers: { 200: list('handovers', 'Handover', 'handovers') },
      failures: ['role-not-allowed', 'field-invalid'],
    }),
    post: operation({
      id: 'postHandover',
      tag: 'Watch',
      summary: 'The outgoing shift signs',
      description: `${may('hand-over')} The brief is kept as it is at that moment.`,
      parameters: [language],
      body: json(ref('HandoverIn')),
      answers: { 200: answer('Handover', 'was signed already'), 201: answer('Handover', 'signed') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
  },
  '/api/handover/{id}/sign': {
    post: operation({
      id: 'signHandover',
      tag: 'Watch',
      summary: 'The incoming shift signs',
      description: `${may('hand-over')} Once, and by another account than the one that handed over.`,
      parameters: [handoverId, language],
      body: json({ type: 'object' }),
      lenientBody: true,
      answers: { 200: answer('Handover', 'taken over') },
      failures: ['role-not-allowed', 'not-found', 'conflict', 'field-invalid', 'record-unavailable'],
    }),
  },
  '/api/rumours': {
    get: operation({
      id: 'getRumours',
      tag: 'Watch',
      summary: 'Rumours and answer templates',
      description: may('read-rumours'),
      answers: { 200: answer('Rumours', 'newest first') },
      failures: ['role-not-allowed'],
    }),
    post: operation({
      id: 'postRumour',
      tag: 'Watch',
      summary: 'Note a rumour, or mark an alert as one',
      description: `${may('raise-rumour')} The alert keeps its state and its clock.`,
      body: json(ref('RumourIn')),
      answers: { 200: answer('Rumour', 'was there already'), 201: answer('Rumour', 'noted') },
      failures: ['role-not-allowed', 'not-found', 'conflict', ...fieldFailures],
    }),
  },
  '/api/rumours/{id}/answer': {
    post: operation({
      id: 'answerRumour',
      tag: 'Watch',
      summary: 'Say what has been verified',
      description: may('answer-rumour'),
      parameters: [rumourId, changeId],
      body: json(ref('RumourAnswer')),
      answers: { 200: answer('Rumour', 'as it is now') },
      failures: ['role-not-allowed', 'not-found', ...fieldFailures],
    }),
  },
  '/api/crisis': {
    get: operation({
      id: 'getCrisis',
      tag: 'Watch',
      summary: 'Whether a crisis is on, and the register of decisions',
      description: may('read-crisis'),
      answers: { 200: answer('Crises', 'newest first') },
      failures: ['role-not-allowed'],
    }),
    post: operation({
      id: 'postCrisis',
      tag: 'Watch',
      summary: 'Crisis mode on or off',
      description:
        `${may('switch-crisis')} While it is on, clocks have the targets that the mission file sets for it, every ` +
        'screen has its banner, and analysts see units without delay.',
      body: json(ref('CrisisSwitch')),
      answers: { 200: answer('Crises', 'as it is now') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
  },
  '/api/crisis/decisions': {
    post: operation({
      id: 'postDecision',
      tag: 'Watch',
      summary: 'Log a decision: what, who, when, on what information',
      description: may('log-decision'),
      body: json(ref('CrisisDecision')),
      answers: { 200: answer('Crises', 'was there already'), 201: answer('Crises', 'logged') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
  },
  '/api/impact': {
    get: operation({
      id: 'getImpact',
      tag: 'Watch',
      summary: 'Clocks, response rate, reasons and outcomes of the alerts of a time',
      description:
        `${may('read-impact')} A sector reads its own. Restricted incidents are counted by whole months and from ` +
        'five up only, and are in no other figure. The form is chosen by Accept.',
      parameters: [
        inQuery('from', 'first time; thirty days before `to` where it is missing', time),
        inQuery('to', 'last time; now where it is missing', time),
        inQuery('sector', 'of one sector', idText),
        language,
      ],
      answers: {
        200: {
          description: 'the figures, with what each of them means',
          content: {
            ...json(ref('Impact')),
            'text/csv': { schema: { ...text, description: 'measure,by,key,value,unit,of' } },
          },
        },
      },
      failures: ['role-not-allowed', 'not-found', 'field-invalid', 'time-invalid'],
    }),
  },
  '/api/paper': {
    get: operation({
      id: 'getPaper',
      tag: 'Watch',
      summary: 'The state of the watch for printing',
      description:
        `${may('print-paper')} Open alerts with clocks, units with last positions in MGRS and age, bases, contacts ` +
        'by radio, a map; one document without script. The mission file may ask for copies on disk (`paperEveryMin`).',
      parameters: [language],
      answers: {
        200: { description: 'prints on A4', content: { 'text/html': { schema: { type: 'string' } } } },
      },
      failures: ['role-not-allowed', 'field-invalid'],
    }),
  },
};
