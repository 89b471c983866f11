import { engineContract } from './engine-contract.ts';
import { framesContract } from './frames-contract.ts';
import { createWsEngine } from './ws-engine.ts';

engineContract('createWsEngine()', createWsEngine);
framesContract('createWsEngine()', createWsEngine);
