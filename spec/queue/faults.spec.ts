import { describeQueueFaults } from '../support/queue-faults';

describeQueueFaults('system');
