import type { phone as english } from '../en/phone.ts';

export const phone: Readonly<Record<keyof typeof english, string>> = {
  'patrol.title': 'Patrouille',
  'patrol.own': 'Vos unités',
  'patrol.noUnits': 'Aucune unité n’est liée à ce jeton. L’administrateur en crée un avec --unit.',
  'patrol.notReported': 'n’a pas encore donné sa position',
  'patrol.noTasks': 'Aucune alerte ne vous est confiée.',
  'patrol.order': 'Ordre',
  'patrol.beReady': 'Tenez-vous prêts. Vous pourriez être envoyés ; aucun ordre pour l’instant.',
  'patrol.readySince': 'prévenus à {time}',
  'patrol.lastConfirmed': 'position d’il y a {age}',

  'report.title': 'Ce téléphone',
  'report.switch': 'Transmettre ma position',
  'report.for': 'Transmettre pour',
  'report.off': 'arrêté',
  'report.asking': 'demande au téléphone',
  'report.on': 'en marche',
  'report.refused': 'impossible',
  'report.phone': 'Téléphone',
  'report.heard': 'il y a {age}, à {metres} m près',
  'report.noPosition': 'ne sait pas où il est. Placez-vous à ciel ouvert.',
  'report.confirmed': 'Le serveur a',
  'report.confirmedAt': 'la position de {time}, il y a {age}',
  'report.confirmedNone': 'encore rien de ce téléphone',
  'report.waiting': 'En attente',
  'report.waitingCount':
    '{count, plural, =0 {rien} one {# position à envoyer} other {# positions à envoyer}}',
  'report.keepOpen':
    'Gardez cette page ouverte à l’écran. Sans liaison, les positions attendent ici et partent plus tard.',
  'report.insecure':
    'Le navigateur ne donne une position qu’aux pages en https. Demandez l’adresse https à l’administrateur.',
  'report.unsupported':
    'Ce navigateur ne sait pas donner de position. Prenez un autre navigateur, ou Traccar Client.',
  'report.denied':
    'Le navigateur ne peut pas donner la position à cette page. Autorisez-la dans les réglages du navigateur, puis remettez en marche.',
  'report.notKept': 'Ce navigateur ne garde rien : ce qui attend est perdu quand la page se ferme.',
  'report.refusedFixes':
    '{count, plural, one {# position a été refusée} other {# positions ont été refusées}} par le serveur : {why}',
};
