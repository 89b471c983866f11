import { publishedClientsContract } from './published-clients-contract.ts';

publishedClientsContract('lean');
