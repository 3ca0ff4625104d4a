// temporary stand-in so that the server runs; the engineer of this file overwrites it
import { positionList } from '../ingest/position-list.ts';
import type { PositionCandidate } from '../ingest/positions.ts';
import { parseJson } from './bodies.ts';
export function positionCandidates(text: string, _contentType: string): PositionCandidate[] { return positionList(parseJson(text)); }
