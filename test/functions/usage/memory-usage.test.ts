import { describe } from 'node:test';
import { usageStoreContract } from '../../support/contracts/usage-store-contract.ts';
import { MemoryUsage } from '../../support/memory/memory-usage.ts';

describe('MemoryUsage', () => usageStoreContract(async () => new MemoryUsage()));
