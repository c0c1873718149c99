import { Progress } from './progress.ts';
import type { Result, Task } from './tasks.ts';

// Measures one task, the first argument as JSON, in a process that nothing else has used before, and prints the result
// as JSON. It loads what the task needs and nothing more.
const task = JSON.parse(process.argv[2] ?? '') as Task;
const progress = new Progress(JSON.stringify(task));
const result = await measured(task);
progress.clear();
process.stdout.write(`${JSON.stringify(result)}\n`);

async function measured(task: Task): Promise<Result> {
  const { kind, clock } = task;
  const described = (text: string) => progress.tell(text);
  switch (kind) {
    case 'operations': {
      const { Contest } = await import('./contest.ts');
      const { extent, rounds, only } = task;
      const contest = new Contest(extent, { described, clock, ...(only === null ? {} : { only }) });
      return { kind, extent, figures: contest.run(rounds) };
    }
    case 'floor': {
      const { measureFloor } = await import('./floor.ts');
      return { kind, ...measureFloor(task.versions, clock, described) };
    }
    case 'oracle': {
      const { measureOracle } = await import('./oracle.ts');
      return { kind, ...measureOracle(task.versions, clock, described) };
    }
    case 'memory': {
      const { measureMemory } = await import('./memory.ts');
      return { kind, ...measureMemory(task.versions, clock, described) };
    }
    case 'snapshot': {
      const { measureSnapshot } = await import('./snapshot.ts');
      return { kind, ...measureSnapshot(task.versions, clock, described) };
    }
    case 'server': {
      const { measureServer } = await import('./server/requests.ts');
      return { kind, ...(await measureServer(task.versions, task.amount, clock, described)) };
    }
    case 'first-answer': {
      const { measureFirstAnswer } = await import('./server/first-answer.ts');
      return { kind, ...(await measureFirstAnswer(task.versions, described)) };
    }
    case 'rates': {
      const { measureRates } = await import('./rates.ts');
      return { kind, ...measureRates(clock, described) };
    }
    case 'start-up': {
      const { measureStartUp } = await import('./start-up.ts');
      return { kind, ...measureStartUp(described) };
    }
    case 'reach': {
      const { measureReach } = await import('./reach.ts');
      return { kind, ...measureReach(clock, described) };
    }
  }
}
