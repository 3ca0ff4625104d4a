/** The watch: log, handover, reports, impact, rumours, crisis, villages. Comes with the sheets that show it. */
export const watch = {
  'watch.loading': 'Getting it from the record',
  'watch.none': 'Nothing here yet',
} as const;
