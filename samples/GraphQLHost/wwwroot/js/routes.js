// Every view, in the order of the navigation, and who sees it. The server decides all the same: this only hides what it would refuse.
import { isAdmin, isBiller } from './session.js';
import { bagView } from './views/bag.js';
import { billView } from './views/bill.js';
import { billsView } from './views/bills.js';
import { healthView } from './views/health.js';
import { importView } from './views/import.js';
import { liveView } from './views/live.js';
import { queryView } from './views/query.js';
import { scanView } from './views/scan.js';
import { searchView } from './views/search.js';
import { usersView } from './views/users.js';

const everyone = () => true;

/** @type {import('./router.js').Route[]} */
export const routes = [
  { name: 'scan', title: 'Scan', icon: 'scan', group: 'work', allowed: everyone, open: scanView },
  { name: 'bills', title: 'Bills', icon: 'bills', group: 'work', allowed: everyone, open: (context) => (context.path.length ? billView(context) : billsView(context)) },
  { name: 'bags', title: 'Bags', icon: 'bag', group: 'work', allowed: everyone, open: (context) => (context.path.length ? bagView(context) : searchView(context)) },
  { name: 'live', title: 'Live', icon: 'live', group: 'work', allowed: everyone, open: liveView },
  { name: 'import', title: 'Import', icon: 'import', group: 'admin', allowed: isBiller, open: importView },
  { name: 'users', title: 'Users', icon: 'users', group: 'admin', allowed: isAdmin, open: usersView },
  { name: 'health', title: 'Health', icon: 'health', group: 'admin', allowed: isAdmin, open: healthView },
  { name: 'query', title: 'Query', icon: 'query', group: 'admin', allowed: isAdmin, open: queryView },
];
