/** What settings are that several entries have, in Chinese, by their English text. */
export const sharedSettingsZh: Readonly<Record<string, string>> = {
  'Adds this many times the sum of the weights’ sizes (without biases) to the loss.':
    '把权重（不含偏置）的绝对值之和的这么多倍加到损失上。',
  'Adds this many times the sum of the weights’ squares (without biases) to the loss.':
    '把权重（不含偏置）的平方和的这么多倍加到损失上。',
  'Adds this many times the sum of the result’s sizes to the loss, as a mean over the batch.':
    '把结果的绝对值之和的这么多倍加到损失上，对批取平均。',
  'Adds this many times the sum of the result’s squares to the loss, as a mean over the batch.':
    '把结果的平方和的这么多倍加到损失上，对批取平均。',
  'The greatest length of the weights that go into one unit (of one row of an `Embedding`); longer ones are shortened after each update.':
    '通向一个单元（`Embedding` 的一行）的权重的最大长度；更长的在每次更新后缩短。',
  'Weights (without biases) below 0 become 0 after each update.': '小于 0 的权重（不含偏置）在每次更新后变为 0。',
  'How the places of one example become one number: their mean or their sum.':
    '一个样本的各位置怎样变成一个数：取平均或求和。',
  'How the added numbers start.': '所加的数的初值。',
  'Along which axis.': '沿哪个轴。',
  'What is applied to each number of the result.': '对结果的每个数应用什么。',
  'Which axes are taken together; all of them unless said.': '哪些轴合在一起；不写时是全部。',
  'Keeps the axes with size 1.': '把这些轴保留为大小 1。',
  'Distance between the cells of the window.': '窗口各格之间的距离。',
  'Learning rate: a number or a schedule.': '学习率：一个数，或一个学习率计划。',
  'How far the window moves each time.': '窗口每次移动多远。',
  'Adds a learned number to each filter.': '给每个滤波器加上一个学到的数。',
  'How the windows start.': '窗口的初值。',
  'Height and width of the window.': '窗口的高和宽。',
  'How many steps the window spans.': '窗口跨多少步。',
  'Keeps the division from zero.': '避免除以零。',
  'Added to the variance, so that nothing is divided by zero.': '加到方差上，避免除以零。',
  'How much of the running mean is kept each time.': '每次保留多少滑动平均。',
  'How much of the running mean square is kept each time.': '每次保留多少平方的滑动平均。',
  'How far the window moves each time; as far as it is large, unless said.': '窗口每次移动多远；不写时等于窗口的大小。',
  'Keeps a last window that hangs over the edge.': '保留伸出边缘的最后一个窗口。',
  'Depth, height and width of the window.': '窗口的深、高和宽。',
  'Zeros around the image: `valid` (none), `same` (the result has the size of the image, divided by the stride), or how many.':
    '图像周围的零：`valid`（没有）、`same`（结果的大小等于图像除以步幅），或者多少格。',
  'The channels of the result.': '结果的通道数。',
  'Reads from the end; with `sequences`, the result stays in the order of time.':
    '从末尾读起；给出 `sequences` 时，结果仍按时间的次序。',
  'The chance of each number of the input to become 0 while training, the same ones at every step.':
    '训练时输入的每个数变为 0 的概率，每一步都是相同的那些数。',
  'The chance of each number of the old state to become 0 on its way into the new one while training, the same ones at every step.':
    '训练时旧状态的每个数在进入新状态时变为 0 的概率，每一步都是相同的那些数。',
  'How many windows are learned for each channel.': '每个通道学习多少个窗口。',
  'Where the new axis stands.': '新的轴在哪里。',
  'The shape of the value.': '值的形状。',
  'Layers whose weights are left out of the decay: names, classes like `LayerNorm`, or a list of these.':
    '权重不参与衰减的层：名字、`LayerNorm` 这样的种类，或它们的列表。',
  'The highest rate.': '最高的学习率。',
  'The file, relative to the program or to the data folder.': '文件，相对于程序或数据文件夹。',
  'How much at most.': '最多多少。',
  'The height of the piece.': '裁出部分的高。',
  'The width of the piece.': '裁出部分的宽。',
  'Zeros around the sequence: `valid` (none), `same` (the result is as long as the sequence, divided by the stride), `causal` (as `same`, all in front: no step sees a later one), or how many.':
    '序列周围的零：`valid`（没有）、`same`（结果的长度等于序列除以步幅）、`causal`（同 `same`，但都在前面：没有一步能看到后面的步），或者多少步。',
  'How far apart the windows are painted.': '画窗口的间隔。',
  'What opens and closes the gates.': '用什么打开和关闭门。',
  'Learns a factor for each place of the last axis.': '给最后一个轴的每个位置学习一个因子。',
  'Learns a summand for each place of the last axis.': '给最后一个轴的每个位置学习一个加数。',
  'The size of the state.': '状态的大小。',
  'Gives the output of each step instead of the last one.': '给出每一步的输出，而不是最后一步的。',
  'How the weights of the input start.': '输入的权重的初值。',
  'How the weights of the state start.': '状态的权重的初值。',
  'How many moments are looked at together.': '一起看多少个采样。',
  'How many moments lie between the starts of two frames.': '两帧的起点相隔多少个采样。',
  'The length of the transform; the next power of two of the frame unless said.':
    '变换的长度；不写时是不小于帧长的 2 的幂。',
  'What fades each frame in and out; `ones` for nothing.': '使每帧淡入淡出的窗；`ones` 表示没有。',
  'The strength of each frequency (`magnitude`) or its square (`power`).':
    '每个频率的强度（`magnitude`）或其平方（`power`）。',
  'How the classes become one number: their mean (`macro`), their mean weighed by how often each is so (`weighted`), or all counted together (`micro`).':
    '各类别怎样变成一个数：平均（`macro`）、按各类属实的多少加权平均（`weighted`），或合在一起计数（`micro`）。',
  'Divides by the largest mean square so far instead of the latest.': '除以至今最大的均方，而不是最新的。',
  'How long the rate rises: a number of updates, or a part of the run (`5%`).':
    '学习率上升多久：更新的次数，或运行的一部分（`5%`）。',
  'After how long: a number of updates, or a part of the run (`10%`).':
    '多久之后：更新的次数，或运行的一部分（`10%`）。',
  'How many steps the result has.': '结果有多少步。',
  'Height and width of the result.': '结果的高和宽。',
  'Along which axis; all in a row unless said.': '沿哪个轴；不写时所有数排成一行。',
  'Keeps the axis with size 1.': '把这个轴保留为大小 1。',
  'How far the window moves each time; as far as it is long, unless said.': '窗口每次移动多远；不写时等于窗口的长度。',
  '`valid` (whole windows only), `same` (the time divided by the stride, rounded up), `causal` (no step sees a later one), or steps around the sequence.':
    '`valid`（只取完整的窗口）、`same`（时间除以步幅，向上取整）、`causal`（没有一步能看到后面的步），或序列周围的步数。',
  'Keeps a last window that hangs over the end.': '保留伸出末尾的最后一个窗口。',
  '`valid` (whole windows only), `same` (the size divided by the stride, rounded up), or cells around the image.':
    '`valid`（只取完整的窗口）、`same`（大小除以步幅，向上取整），或图像周围的格数。',
  'Counts the cells of the padding as zeros.': '把填充的格子当作零计入。',
  '`valid` (whole windows only), `same` (the size divided by the stride, rounded up), or cells around the volume.':
    '`valid`（只取完整的窗口）、`same`（大小除以步幅，向上取整），或体积周围的格数。',
  'How many numbers each position gets.': '每个位置得到多少个数。',
  'Adds a learned number to each unit.': '给每个单元加上一个学到的数。',
  'Where one bucket ends and the next begins, rising.': '各桶的分界，从小到大。',
  'How far below zero it goes.': '零以下降到多低。',
  'How many windows are learned: the channels of the result.': '学习多少个窗口：结果的通道数。',
  'Cuts the channels in groups that do not see each other.': '把通道分成互不可见的组。',
  'Cells more at the end, to reach a size that the stride alone does not give.':
    '末尾多出的格数，用来达到仅靠步幅得不到的大小。',
  'What forms new content and shows it.': '用什么形成新内容并输出它。',
  'Gives a tuple: the output, and the two last states.': '给出元组：输出，以及最后的两个状态。',
  'Adds learned numbers to the gates.': '给各个门加上学到的数。',
  'How the numbers added to the gates start.': '加到门上的数的初值。',
  'How many buckets.': '多少个桶。',
  'Adds a learned number to each channel of the result.': '给结果的每个通道加上一个学到的数。',
  'How many different numbers there are.': '有多少个不同的数。',
  'Keeps the time as an axis of size 1.': '把时间保留为大小为 1 的轴。',
  'Keeps the axes of the image as axes of size 1.': '把图像的轴保留为大小为 1 的轴。',
  'Keeps the axes of the volume as axes of size 1.': '把体积的轴保留为大小为 1 的轴。',
  'What forms the new state.': '用什么形成新状态。',
  'Gives a tuple: the output, and the last state.': '给出元组：输出，以及最后的状态。',
  'Adds learned numbers.': '加上学到的数。',
  'How many bands the frequencies are put together in.': '把频率合成多少个频带。',
  'How many moments the sound has in a second.': '声音每秒有多少个采样。',
  'Where the lowest band begins, in hertz.': '最低的频带从哪里开始，以赫兹计。',
  'Where the highest band ends, in hertz; half the rate unless said.':
    '最高的频带到哪里结束，以赫兹计；不写时是采样率的一半。',
  'The new shape.': '新的形状。',
  'The height of the result.': '结果的高。',
  'The width of the result.': '结果的宽。',
  'How numbers between the pixels are found.': '怎样求像素之间的数。',
  'The range that the numbers have.': '这些数原有的范围。',
  'The range that they get.': '它们得到的范围。',
  'How both kernels start.': '两个核的初值。',
  '`nearest` repeats each place, `bilinear` draws straight lines between them.':
    '`nearest` 重复每个位置，`bilinear` 在它们之间连直线。',
  'Of scores for each moment, the class that means "nothing": moments are read the way of `ctc` (repeats once, this class not at all). Left out: the last class.':
    '每个时刻都是分数时，表示“什么都没有”的类：按 `ctc` 的方式读各时刻（重复只算一次，这个类不算）。不写时是最后一类。',
  'What part of each weight is taken away at each step, times the rate.': '每步从每个权重中减去的比例，乘以学习率。',
  'How much of the running sum is kept each time.': '每次保留多少滑动总和。',
  'The rate at the end of the run.': '运行结束时的学习率。',
  'The rate at the start.': '开始时的学习率。',
  'How many numbers each row gets: longer texts are cut off, shorter ones padded with 0.':
    '每行得到多少个数：较长的文本截断，较短的补 0。',
  'Puts a number of its own in front of each text.': '在每个文本前面放一个专用的数。',
  'Puts a number of its own behind each text.': '在每个文本后面放一个专用的数。',
  'How far at most.': '最多多远。',
  'The largest angle.': '最大的角度。',
  'The smallest and the largest factor.': '最小和最大的倍数。',
};
