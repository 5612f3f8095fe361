/** Valid bodies, each with everything optional in it; they are the document's examples and what demonstrations send. */
import type { JsonObject } from '../../../src/lib/json.ts';

/** A telescope; `changes` replace properties, `undefined` leaves one out. */
export function telescope(changes: Changes = {}): JsonObject {
  return change(
    {
      name: 'Great Dish',
      code: 'GD-1',
      kind: 'optical',
      aperture_m: 8.25,
      mirror_count: 4,
      hourly_rate: 1250.55,
      active: false,
      site: { latitude: -24.5, longitude: -70.25, elevation_m: 2635 },
      commissioned_on: '2014-05-01',
      decommissioned_on: null,
      contact_email: 'dome@example.org',
      homepage: 'https://example.org/dish',
      labels: { funding: 'public', _class: 'A' },
      instruments: [{ name: 'Camera', channels: [{ band: 'V', wavelengths_nm: [540, 555] }, { band: 'R' }] }],
      assembly: { name: 'mount', mass_kg: 900.5, parts: [{ name: 'fork', parts: [{ name: 'bolt', mass_kg: 0.25 }] }] },
      control_key: 'hunter-two-hunter',
    },
    changes,
  );
}

/** A telescope with only what is required. */
export function bareTelescope(changes: Changes = {}): JsonObject {
  const { name = '', code = '', kind = '', aperture_m = 1, mirror_count = 1, site = {}, commissioned_on = '' } = telescope();
  return change({ name, code, kind, aperture_m, mirror_count, site, commissioned_on }, changes);
}

/** An observation of a telescope. */
export function observation(changes: Changes = {}): JsonObject {
  return change(
    {
      title: 'Deep Field Überblick',
      priority: 5,
      state: 'queued',
      remarks: 'as dark as it gets',
      tags: ['deep', 'dark'],
      window: { starts_at: '2026-03-01T20:00:00Z', ends_at: null },
      exposures: [
        { filter: 'red', seconds: 120.5, dither: [1.5, -2] },
        { filter: 'blue', seconds: 60 },
      ],
      pointing: { mode: 'fixed', right_ascension: 5.5, declination: -5.25 },
    },
    changes,
  );
}

/** A target of kind star. */
export function star(changes: Changes = {}): JsonObject {
  return change(
    { kind: 'star', name: 'Vega', magnitude: 0.03, aliases: ['Alpha Lyrae'], spectral_class: 'A', discovered_on: null },
    changes,
  );
}

/** A target of kind comet. */
export function comet(changes: Changes = {}): JsonObject {
  return change({ kind: 'comet', name: 'Halley', magnitude: 25.5, perihelion_on: '2061-07-28', period_years: 76.1 }, changes);
}

/** A target of kind galaxy. */
export function galaxy(changes: Changes = {}): JsonObject {
  return change({ kind: 'galaxy', name: 'Sombrero', magnitude: 8, morphology: 'Sa', redshift: 0.003 }, changes);
}

/** A private note. */
export function note(changes: Changes = {}): JsonObject {
  return change({ text: 'The café opens at eight 🔭', pinned: true }, changes);
}

type Changes = Readonly<Record<string, JsonObject[string] | undefined>>;

function change(sample: JsonObject, changes: Changes): JsonObject {
  const changed = Object.entries({ ...sample, ...changes }).filter(
    (entry): entry is [string, JsonObject[string]] => entry[1] !== undefined,
  );
  return Object.fromEntries(changed);
}
