import { z } from 'zod';

/** What a line of the watch log can point at. */
export const logLinkKinds = ['alert', 'unit', 'threat', 'place', 'report'] as const;
export type LogLinkKind = (typeof logLinkKinds)[number];

const id = z.string().trim().min(1).max(200);
export const logLinkSchema = z.object({ kind: z.enum(logLinkKinds), id });
export type LogLink = Readonly<z.infer<typeof logLinkSchema>>;

/** Body of `POST /api/watch-log`. Nothing is ever changed in the log: what was wrong is corrected by a new line. */
export const logNoteInSchema = z.object({
  /** The writer's own id of the line: the same one twice is one line. */
  id: z.string().trim().min(1).max(64).nullish(),
  text: z.string().trim().min(1).max(4_000),
  links: z.array(logLinkSchema).max(20).default([]),
  /** Id of the line that this one corrects. */
  corrects: id.nullish(),
});

/** A note as the record keeps it. */
export const logNoteSchema = z.object({
  kind: z.literal('watch.logged'),
  id,
  text: z.string(),
  links: z.array(logLinkSchema),
  corrects: z.string().optional(),
});

/** A line of the watch log as a reader may see it, its text in the language that was asked for. */
export interface LogLine {
  readonly id: string;
  readonly at: string;
  /** Date-time group in Zulu, `221640Z NOV 26`. */
  readonly dtg: string;
  /** Who wrote it or did what it tells. */
  readonly by: string;
  readonly role: string;
  /** `note` was written by a person; `drafted` tells what the record holds anyway. */
  readonly source: 'note' | 'drafted';
  /** What happened, in the words of the record: `alert.step`, `unit.registered`. */
  readonly what: string;
  readonly text: string;
  readonly links: readonly LogLink[];
  readonly corrects?: string;
  /** Ids of the lines that correct this one, oldest first. */
  readonly correctedBy?: readonly string[];
}

/** Answer of `GET /api/watch-log`: newest first. */
export interface LogPage {
  readonly at: string;
  readonly lines: readonly LogLine[];
  /** `before` of the next call; absent where there is nothing older. */
  readonly next?: string;
}

export const mostLogLines = 500;
