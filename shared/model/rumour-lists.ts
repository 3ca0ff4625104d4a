// No schema library here: pages import these lists, and a page must not pay for one.

export const rumourStatuses = ['open', 'true', 'false', 'unclear'] as const;
/** How a claim stands by what has been verified. */
export type RumourStatus = (typeof rumourStatuses)[number];
