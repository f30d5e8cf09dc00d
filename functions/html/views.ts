import type { ApiRequest } from '../../core/api/http.ts';
import type { OperationId } from '../../core/api/operations.ts';
import { isObject } from '../../core/shared/json.ts';
import type { ProblemDocument } from '../../core/shared/problems.ts';
import { pageStrings } from '../../strings/page.ts';
import { apiView } from './api-view.ts';
import { collectionsView, collectionView, itemsView } from './collections-view.ts';
import { conformanceView } from './conformance-view.ts';
import { featureView } from './feature-view.ts';
import { jobView } from './job-view.ts';
import { jobsView } from './jobs-view.ts';
import { landingView } from './landing-view.ts';
import { logView } from './log-view.ts';
import { problemView } from './problem-view.ts';
import { planView, processView } from './process-view.ts';
import { processesView } from './processes-view.ts';
import { membersMarkup } from './value.ts';
import { crumb, type MakeView, type View } from './view.ts';

/** What a page says: laid out for the resources that people look at, everything as it is for the others. */
export function buildView(request: ApiRequest, status: number, resource: unknown, shown?: unknown): View {
  const members = isObject(resource) ? resource : { value: resource };
  if (status >= 400) return problemView(members as unknown as ProblemDocument, request, shown);
  const make = views[request.operation.operationId as OperationId];
  if (make) return make(members, request, shown);
  return {
    title: request.operation.summary,
    crumbs: [crumb(request, '/', pageStrings.start)],
    content: membersMarkup(members),
  };
}

const views: Readonly<Partial<Record<OperationId, MakeView>>> = {
  getLandingPage: landingView,
  getConformance: conformanceView,
  getApi: apiView,
  listProcesses: processesView,
  describeProcess: processView,
  executeProcess: planView,
  listJobs: jobsView,
  getJob: jobView,
  dismissJob: jobView,
  getJobLog: logView,
  listCollections: collectionsView,
  getCollection: collectionView,
  getCollectionItems: itemsView,
  getCollectionItem: featureView,
};
