import { describe, expect, it } from 'vitest';
import { draftToAlert, emptyDraft, missingOf } from '../../../client/store/alert-draft.ts';
import { alertInSchema } from '../../../shared/model/alert.ts';

describe('draft of an alert', () => {
  it('says what is missing', () => {
    expect(missingOf(emptyDraft())).toEqual(['category', 'text']);
    expect(draftToAlert(emptyDraft(), 'i', undefined)).toBeUndefined();
  });

  it('becomes a body the server takes', () => {
    const draft = {
      ...emptyDraft(),
      category: 'killing',
      text: ' Shots at the ford. ',
      placeName: ' Kolwa ',
    } as const;
    const body = draftToAlert(draft, 'i', { lon: -18, lat: 0.5 });
    expect(alertInSchema.parse(body)).toEqual({
      id: 'i',
      category: 'killing',
      text: 'Shots at the ford.',
      channel: 'call',
      lon: -18,
      lat: 0.5,
      placeName: 'Kolwa',
      precision: 'village',
      sourceGrade: 'F',
      infoGrade: 6,
    });
  });

  it('does not claim to know a place that it has not got', () => {
    const draft = {
      ...emptyDraft(),
      category: 'crsv',
      text: 'x',
      restricted: 'crsv',
      priority: 'P2',
    } as const;
    expect(draftToAlert(draft, 'i', undefined)).toMatchObject({
      precision: 'unknown',
      restricted: 'crsv',
      priority: 'P2',
    });
  });
});
