import { schema } from '@colyseus/schema';

/** The state of the Colyseus peer; its judges decode with the same. */
export const ColyseusUnit = schema({
  lon: 'int32',
  lat: 'int32',
  time: 'uint32',
  speed: 'uint16',
  course: 'uint16',
});
export const ColyseusState = schema({ units: { map: ColyseusUnit } });
