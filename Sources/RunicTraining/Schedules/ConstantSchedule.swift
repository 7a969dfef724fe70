/// The largest learning rate all the time.
package struct ConstantSchedule: LearningRateSchedule {
    package init() {}

    package func share(epoch: Int, progress: Double) -> Double { 1 }
}
