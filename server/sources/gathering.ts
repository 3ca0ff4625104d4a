import { z } from 'zod';
import type { Sources } from './sources.ts';

const headSchema = z.object({ alertId: z.string(), atMs: z.number() });
const pieceSchema = z.object({ id: z.string(), order: z.number(), text: z.string(), atMs: z.number() });
export type Piece = z.infer<typeof pieceSchema>;

/** What makes one alert of several messages: who and about what, within which time. */
export interface Bundle {
  readonly name: readonly string[];
  readonly windowMs: number;
  /** Id of the alert that a first message makes. */
  readonly newAlertId: string;
}

/**
 * Puts a message to those of its bundle and answers the alert that they are, with all pieces so far in their order.
 * The same piece twice is one. Servers that get pieces at the same moment agree on the alert: the first head stays.
 */
export async function gather(
  { shelf }: Sources,
  bundle: Bundle,
  piece: Piece,
): Promise<{ readonly alertId: string; readonly pieces: readonly Piece[] }> {
  const head = { alertId: bundle.newAlertId, atMs: piece.atMs };
  // A gateway may send the same again hours later.
  const before = await shelf.get(headSchema, 'gathered', 'of', piece.id);
  if (before) return { alertId: before.alertId, pieces: await piecesOf(shelf, before.alertId) };
  let kept = (await shelf.putNew(head, 'gathered', ...bundle.name))
    ? head
    : await shelf.get(headSchema, 'gathered', ...bundle.name);
  if (!kept || piece.atMs - kept.atMs > bundle.windowMs) {
    await shelf.put(head, 'gathered', ...bundle.name);
    kept = head;
  }
  await shelf.putNew(piece, 'piece', kept.alertId, piece.id);
  await shelf.put(kept, 'gathered', 'of', piece.id);
  return { alertId: kept.alertId, pieces: await piecesOf(shelf, kept.alertId) };
}

export async function piecesOf(shelf: Sources['shelf'], alertId: string): Promise<readonly Piece[]> {
  const pieces = [...(await shelf.list(pieceSchema, 'piece', alertId))];
  return pieces.sort((a, b) => a.order - b.order || a.atMs - b.atMs);
}

/** The parts of the message that made this alert are gone at once. */
export async function removePieces(sources: Sources, alertId: string): Promise<void> {
  if (sources.state === 'open') await sources.shelf.removeAll('piece', alertId);
}

/** Takes away what no further message can belong to. */
export async function purgeGathered(sources: Sources, beforeMs: number): Promise<void> {
  if (sources.state === 'closed') return;
  const old = z.object({ atMs: z.number().lt(beforeMs) });
  await sources.shelf.removeMatching(old, 'gathered');
  await sources.shelf.removeMatching(old, 'piece');
}
