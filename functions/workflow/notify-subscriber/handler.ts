import { awsPorts } from '../../shared/aws/ports.ts';
import { notifySubscriber } from './notify-subscriber.ts';

export const handler = (event: { readonly jobID: string }) => notifySubscriber(event.jobID, awsPorts());
