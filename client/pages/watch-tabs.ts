/** The papers of the watch, as tabs and as `?tab=` of the address. */
export const watchTabs = ['log', 'villages', 'handover', 'reports', 'impact', 'rumours', 'crisis'] as const;
export type WatchTab = (typeof watchTabs)[number];
