import { operations } from '../../../core/api/operations.ts';
import { createHandler } from '../../shared/http/handler.ts';
import { getLandingPage } from './get-landing-page.ts';

export const handler = createHandler(operations.getLandingPage, getLandingPage, () => undefined);
