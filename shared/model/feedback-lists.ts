// No schema library here: the console's card imports this list.

/** What a caller may be told; the words are in the catalogue (`callerText`), and neutral. */
export const feedbackTemplates = ['received', 'help-coming', 'passed-on', 'stay-safe', 'closed'] as const;
export type FeedbackTemplate = (typeof feedbackTemplates)[number];
