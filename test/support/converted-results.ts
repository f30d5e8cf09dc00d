import { elevation } from '../../processes/common/raster-examples.ts';
import type { MemoryService } from './memory-service.ts';

const features = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 1,
      properties: { name: 'Dom' },
      geometry: { type: 'Point', coordinates: [5.1214, 52.0907] },
    },
  ],
};

/** Executions with a layer and a raster as their results, which the pages of their jobs offer in other formats. */
const executions = {
  'a layer': { processID: 'filter', inputs: { features, filter: 'true' } },
  'a raster': { processID: 'slope', inputs: { raster: elevation } },
} as const;

/** Runs one of them as a job to its end. @returns the path of the page of the job */
export async function runToConvert(service: MemoryService, kind: keyof typeof executions): Promise<string> {
  const { processID, inputs } = executions[kind];
  const { json } = await service.execute(processID, { inputs }, { Prefer: 'respond-async' });
  await service.ports.workflow.settled();
  return `/jobs/${json.jobID}?f=html`;
}
