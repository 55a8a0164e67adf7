/** The trainer on a disk that may end it. */
import './arm.ts';
import '../../trainer/main.ts';
