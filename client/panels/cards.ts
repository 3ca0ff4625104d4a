/** Everything that stands on the card: one chunk, fetched as soon as the shell of the console stands. */
export { default as AlertCard } from './AlertCard.svelte';
export { default as PlaceCard } from './PlaceCard.svelte';
export { default as RaiseForm } from './RaiseForm.svelte';
export { default as ThreatCard } from './ThreatCard.svelte';
export { default as UnitCard } from './UnitCard.svelte';
