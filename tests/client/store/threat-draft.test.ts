import { describe, expect, it } from 'vitest';
import { precisionOf } from '../../../client/store/alert-draft.ts';
import { circleAround, Drawing } from '../../../client/store/drawing.svelte.ts';
import { withView } from '../../../client/store/saved-views.ts';
import { Selection } from '../../../client/store/selection.svelte.ts';
import { draftToThreat, emptyThreat, missingOfThreat } from '../../../client/store/threat-draft.ts';
import { threatInSchema } from '../../../shared/model/threat.ts';

const nowMs = Date.parse('2026-11-23T03:00:00Z');
const beni = { lon: 29.47, lat: 0.49 };

describe('draft of a threat', () => {
  it('says what is missing, and is no body before', () => {
    expect(missingOfThreat(emptyThreat(), undefined)).toEqual(['kind', 'geometry']);
    expect(draftToThreat({ ...emptyThreat(), kind: 'flood' }, undefined, 'i', nowMs)).toBeUndefined();
    expect(draftToThreat({ ...emptyThreat(), kind: ' ' }, circleAround(beni, 1), 'i', nowMs)).toBeUndefined();
  });

  it('becomes a body the server takes, whatever its time', () => {
    const draft = { ...emptyThreat(), kind: ' armed group ', likelihood: '5', hours: '6', text: ' Seen. ' };
    const body = draftToThreat(draft, circleAround(beni, 1_500), 'i', nowMs);
    expect(threatInSchema.parse(body)).toEqual({
      id: 'i',
      kind: 'armed group',
      geometry: { type: 'Point', coordinates: [29.47, 0.49] },
      radiusM: 1_500,
      likelihood: 5,
      impact: 3,
      sourceGrade: 'F',
      infoGrade: 6,
      validFrom: '2026-11-23T03:00:00.000Z',
      validTo: '2026-11-23T09:00:00.000Z',
      text: 'Seen.',
    });
    const openEnded = draftToThreat({ ...draft, hours: '0' }, circleAround(beni, 0), 'i', nowMs);
    expect(openEnded).not.toHaveProperty('validTo');
    expect(openEnded).not.toHaveProperty('radiusM');
    expect(threatInSchema.safeParse(openEnded).success).toBe(true);
  });
});

it('tells from a circle how exactly a place is known', () => {
  expect([50, 200, 1_000, 3_000, 9_000].map(precisionOf)).toEqual([
    'exact',
    'exact',
    'village',
    'village',
    'area',
  ]);
});

describe('the pencil', () => {
  it('is taken, put away by the same shape, and ends with what was drawn', () => {
    const drawing = new Drawing();
    drawing.take('line');
    drawing.take('polygon');
    expect(drawing.shape).toBe('polygon');
    drawing.take('polygon');
    expect(drawing.shape).toBeUndefined();
    drawing.take('circle');
    drawing.finish(circleAround(beni, 500));
    expect([drawing.shape, drawing.drawn?.radiusM]).toEqual([undefined, 500]);
  });

  it('leaves nothing behind when its form ends', () => {
    const selection = new Selection();
    selection.raiseThreat();
    selection.drawing.take('point');
    selection.drawing.finish(circleAround(beni, 500));
    selection.back();
    expect([selection.raising, selection.drawing.drawn]).toEqual([false, undefined]);
    selection.raise();
    expect([selection.raises, selection.placing]).toEqual(['alert', true]);
  });
});

it('keeps one view of a name, the newest, and at most fifty', () => {
  const here = { ...beni, zoom: 9 };
  const two = withView(withView([], ' Beni ', here), 'Beni', { ...here, zoom: 12 });
  expect(two).toEqual([{ name: 'Beni', ...beni, zoom: 12 }]);
  const many = Array.from({ length: 50 }, (_, index) => ({ name: `v${index}`, ...here }));
  expect(withView(many, 'one more', here).map(({ name }) => name)).toEqual([
    ...many.slice(1).map(({ name }) => name),
    'one more',
  ]);
});
