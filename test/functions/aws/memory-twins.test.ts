import { describe } from 'node:test';
import { jobListContract } from '../../support/contracts/job-list-contract.ts';
import { jobStoreContract } from '../../support/contracts/job-store-contract.ts';
import { storageContract } from '../../support/contracts/storage-contract.ts';
import { memoryPorts } from '../../support/memory/ports.ts';

/** The twins in memory keep the contracts that the adapters keep in the integration ring. */
describe('MemoryJobStore', () => {
  jobStoreContract(async () => memoryPorts().jobs);
  jobListContract(async () => memoryPorts().jobs);
});

describe('MemoryStorage', () => storageContract(async () => memoryPorts().storage));
