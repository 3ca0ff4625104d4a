/** The page of patrols. */
export const phone = {
  'patrol.title': 'Patrol',
  'patrol.own': 'Own units',
  'patrol.noUnits': 'No unit belongs to this token. The administrator makes one with --unit.',
  'patrol.notReported': 'has not reported yet',
  'patrol.noTasks': 'No alert is tasked to you.',
  'patrol.order': 'Order',
  'patrol.beReady': 'Be ready. You may be sent; no order yet.',
  'patrol.readySince': 'told at {time}',
  'patrol.lastConfirmed': 'position {age} old',

  'report.title': 'This phone',
  'report.switch': 'Report my position',
  'report.for': 'Report for',
  'report.off': 'off',
  'report.asking': 'asking the phone',
  'report.on': 'on',
  'report.refused': 'not possible',
  'report.phone': 'Phone',
  'report.heard': '{age} ago, within {metres} m',
  'report.noPosition': 'does not know where it is. Go under open sky.',
  'report.confirmed': 'Server has',
  'report.confirmedAt': 'position of {time}, {age} ago',
  'report.confirmedNone': 'nothing from this phone yet',
  'report.waiting': 'Waiting',
  'report.waitingCount':
    '{count, plural, =0 {nothing} one {# position to be sent} other {# positions to be sent}}',
  'report.keepOpen':
    'Keep this page open and on the screen. Without a link positions wait here and are sent later.',
  'report.insecure':
    'The browser gives a position only to pages over https. Ask the administrator for the https address.',
  'report.unsupported': 'This browser cannot tell a position. Use another browser, or Traccar Client.',
  'report.denied':
    'The browser may not give this page the position. Allow it in the settings of the browser for this page, then switch on again.',
  'report.notKept': 'This browser keeps nothing: what waits is lost when the page closes.',
  'report.refusedFixes':
    '{count, plural, one {# position was refused} other {# positions were refused}} by the server: {why}',
} as const;
