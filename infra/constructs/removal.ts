import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Settings } from '../config/config.ts';

/**
 * What CloudFormation does to a resource with data when its stack is deleted. What a first deployment made that then
 * failed holds no data yet and goes with it: it would stand in the way of the next one.
 */
export const removalPolicy = ({ onDelete }: Settings): RemovalPolicy =>
  onDelete === 'retain' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
