/** The relations phase: what answers must have to do with each other. Pure. */
import { shortHash } from '../lib/short-hash.ts';
import type { Scenario } from './case.ts';
import { listRelations } from './lists/list-relations.ts';
import type { Planning } from './planning.ts';
import { createScope } from './steps/scope.ts';
import { idsAbout } from './subjects.ts';
import { writeRelations } from './writes/write-relations.ts';

/** For each resource, a scenario of its list, which needs quiet, and one of its writes. */
export function relationsScenarios(planning: Planning): Scenario[] {
  return planning.resources.all.flatMap((resource, index): Scenario[] => {
    const scope = (offset: number): ReturnType<typeof createScope> => createScope(planning, 'relations', 120_000 + index * 100 + offset);
    const about = idsAbout(planning, resource);
    const list: Scenario = {
      id: shortHash('relations', resource.collection, 'list'),
      phase: 'relations',
      title: `lists of ${resource.name}`,
      about,
      size: 40,
      quiet: true,
      start: () => listRelations(scope(0), resource),
    };
    const writes: Scenario = {
      id: shortHash('relations', resource.item, 'writes'),
      phase: 'relations',
      title: `writes of ${resource.name}`,
      about,
      size: 10,
      quiet: false,
      start: () => writeRelations(scope(50), resource),
    };
    return [...(resource.list ? [list] : []), ...(resource.create && !planning.safeOnly ? [writes] : [])];
  });
}
