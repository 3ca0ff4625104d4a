import { schema, t } from '@colyseus/schema';

/** The state of the Colyseus peer; its judges decode with the same. */
export const ColyseusUnit = schema({
  lon: t.int32(),
  lat: t.int32(),
  time: t.uint32(),
  speed: t.uint16(),
  course: t.uint16(),
});
export const ColyseusState = schema({ units: t.map(ColyseusUnit) });
