import { z } from 'zod';
import type { Channel } from './alert-lists.ts';

/**
 * Words that are sealed with a key of their own, so that they can be erased: base64 of what server/sources/words.ts
 * writes. The key is never beside them.
 */
export const sealedSchema = z.string().min(1).max(400_000);

/**
 * Channels by which people of a community speak, by phone, by radio of the village, by bell, in person, or through
 * their liaison. What comes from patrols, partners, warning systems, media and sensors is nobody's private word.
 */
const ofCommunities: readonly Channel[] = [
  'sms',
  'call',
  'missed-call',
  'radio',
  'signal',
  'walk-in',
  'liaison',
];

/** Whether the words of an alert are sealed: those of communities, and those of every restricted record. */
export function mustBeSealed(channel: Channel, isRestricted: boolean): boolean {
  return isRestricted || ofCommunities.includes(channel);
}

/** Body of `POST /api/alerts/:id/erase-text`. */
export const eraseTextSchema = z.object({ reason: z.string().trim().min(3).max(500) });

export const textErasedSchema = z.object({
  kind: z.literal('alert.text-erased'),
  alertId: z.string().min(1),
  reason: z.string().max(1_000),
});
