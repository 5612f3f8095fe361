/** The laboratory as a function: what an independent evaluator's API was broken by and was missed at first, one fault each. */
import type { Answer, Case } from '../../../src/cases/case.ts';
import { isObject, member, type Json, type JsonObject } from '../../../src/lib/json.ts';
import { answered } from '../converse.ts';

export type SamplesFault = 'count-stays' | 'csv-lacks-last' | 'list-without-photo' | 'min-exclusive' | 'shelf-refused';

interface Sample {
  readonly id: string;
  readonly study: Study;
  readonly fields: JsonObject;
  photo?: Uint8Array;
}

interface Study {
  readonly id: string;
  readonly title: Json;
  count: number;
}

/** A new laboratory, correct but for the fault named. What is refused is told by `path` and `reason`. */
export function createLaboratory(fault?: SamplesFault): (asked: Case) => Answer {
  const studies = new Map<string, Study>();
  const samples = new Map<string, Sample>();
  const boxes = new Map<string, JsonObject>();
  let made = 0;
  const identifier = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;
  const shown = ({ id, title, count }: Study): JsonObject => ({ id, title, sample_count: count });
  const sample = ({ id, fields, photo }: Sample): JsonObject => ({ id, ...fields, has_photo: photo !== undefined });
  const refused = (path: string, reason: string): Answer => answered(422, { fields: [{ path, reason }] });
  const add = (study: Study, fields: JsonObject): Answer => {
    const code = member(fields['storage'], 'box_code');
    if (fault === 'shelf-refused' && member(fields['storage'], 'type') === 'shelf') return refused('storage', 'fits none of its forms');
    if (typeof code === 'string' && !boxes.has(code)) return refused('storage.box_code', 'no such box');
    const one: Sample = { id: identifier(), study, fields };
    samples.set(one.id, one);
    study.count += 1;
    return answered(201, sample(one));
  };
  const remove = (one: Sample): Answer => {
    samples.delete(one.id);
    if (fault !== 'count-stays') one.study.count -= 1;
    return answered(204);
  };
  const listed = (study: Study, least: number): Answer => {
    const fits = (volume: number): boolean => (fault === 'min-exclusive' ? volume > least : volume >= least);
    const found = [...samples.values()].filter((one) => one.study === study && fits(Number(one.fields['volume_ml'])));
    return answered(
      200,
      found.map((one) => ({ ...sample(one), ...(fault === 'list-without-photo' && { has_photo: false }) })),
    );
  };
  const table = (study: Study): Answer => {
    const rows = [...samples.values()].filter((one) => one.study === study).map(({ id }) => id);
    const told = fault === 'csv-lacks-last' ? rows.slice(0, -1) : rows;
    return { ...answered(200), bytes: new TextEncoder().encode(['id', ...told].join('\r\n')) };
  };
  return ({ request: { operation, parameters, body } }) => {
    const given = (name: string): string => String(parameters.find((one) => one.name === name)?.value);
    const value = isObject(body?.value) ? body.value : {};
    if (operation.path.startsWith('/boxes')) {
      const code = given('code');
      const known = boxes.get(code);
      if (operation.method === 'GET') return known ? answered(200, known) : answered(404);
      boxes.set(code, value);
      return answered(known ? 200 : 201);
    }
    if (operation.id === 'POST /studies') {
      const study: Study = { id: identifier(), title: value['title'] ?? null, count: 0 };
      studies.set(study.id, study);
      return answered(201, shown(study));
    }
    const study = studies.get(given('study_id'));
    if (study) {
      if (operation.path.endsWith('.csv')) return table(study);
      if (operation.path.endsWith('/samples'))
        return operation.method === 'POST'
          ? add(study, value)
          : listed(study, Number(parameters.find(({ name }) => name === 'min_volume')?.value ?? 0));
      if (operation.method === 'GET') return answered(200, shown(study));
      studies.delete(study.id);
      for (const one of samples.values()) if (one.study === study) samples.delete(one.id);
      return answered(204);
    }
    const one = samples.get(given('sample_id'));
    if (!one) return answered(404);
    if (!operation.path.endsWith('/photo')) return operation.method === 'DELETE' ? remove(one) : answered(200, sample(one));
    if (operation.method === 'GET')
      return one.photo ? { ...answered(200, undefined, { 'content-type': 'image/png' }), bytes: one.photo } : answered(404);
    one.photo = body?.raw ?? new TextEncoder().encode(String(body?.value));
    return answered(204);
  };
}
