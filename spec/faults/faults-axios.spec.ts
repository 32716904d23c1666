import { describeFaults } from '../support/describe-faults';

describeFaults('axios');
