import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Settings } from '../config/config.ts';

/** What CloudFormation does to a resource with data when its stack is deleted. */
export const removalPolicy = ({ onDelete }: Settings): RemovalPolicy =>
  onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
